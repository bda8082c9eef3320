import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { FakeCluster, fakeRuntime } from '../../src/testing/fake-cluster.js';
import type { PlannedRun } from '../plan.js';
import { makeRun } from './run.js';

/**
 * What only nodes that answer over a connection can show: that a run asks them what it should, and can be ended while it
 * waits for them. All the turns that a run can take are in turns.test.ts, on a clock of its own.
 */
const planned: PlannedRun = {
  ...{
    run_id: 'a-t1',
    scenario: 'a',
    release: 'trixie',
    workload: 'kvreadwrite',
    workers: 1,
    durationS: 1.2,
  },
  ...{ driverRole: 'leader', trial: 1, block: 1, position: 1 },
  faults: [{ kind: 'crash', target: 'follower', severity: null, unit: null, injectAtS: 0.3, liftAtS: 0.9 }],
};

/** Begins a run on a cluster whose driver, raft1, leads, and ends once it has handed leadership on. */
async function begin(t: TestContext, signal = new AbortController().signal) {
  const folder = await mkdtemp(join(tmpdir(), 'run-'));
  const cluster = new FakeCluster();
  const handedOn = setInterval(() => {
    if (cluster.answers.leader !== 'raft1') cluster.endDriver(0);
  }, 20);
  t.after(() => {
    clearInterval(handedOn);
    return rm(folder, { recursive: true });
  });
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const table = async (name: string): Promise<Record<string, string>[]> =>
    parse(await read(name), { columns: true });
  return { run: makeRun(planned, fakeRuntime(cluster), folder, signal), cluster, read, table };
}

test('a run asks its nodes when the workload begins, who leads, to hand leadership on, and for the rows', async (t) => {
  const { run, cluster, read, table } = await begin(t);
  await sleep(100);
  cluster.answers.rows = 7; // the first write succeeds
  const { status, status_reason, failure, target_node, driver_role, fault_confirmed, rows_found } = await run;
  assert.deepEqual([status, status_reason, failure], ['complete', null, null]);
  assert.deepEqual([target_node, driver_role, fault_confirmed, rows_found], ['raft2', 'leader', true, 7]);
  const events = (await table('events.csv')).filter(({ node }) => node !== '');
  const of = (wanted: boolean) =>
    events
      .filter(({ event }) => (event === 'leader_changed') === wanted)
      .map(({ event, node }) => `${event} ${node}`);
  // on a busy machine an answer may come too late, and its node is seen to lead again
  assert.deepEqual([...new Set(of(true))], ['leader_changed raft1', 'leader_changed raft3']);
  assert.deepEqual(of(false), [
    'workload_started raft1',
    'fault_injected raft2',
    'fault_confirmed raft2',
    'node_exited raft2',
    'fault_lifted raft2',
    'recovered raft2',
    'workload_ended raft1',
    'count_taken raft3',
  ]);
  assert.ok(cluster.calls.includes('start raft2'));
  assert.deepEqual(cluster.calls.slice(-5), ['copyResults', 'log raft1', 'log raft2', 'log raft3', 'down']);
  const evidence = await table('evidence.csv');
  assert.deepEqual(
    evidence.map(({ metric, node, during }) => [metric, node, during]),
    [['exit_code', 'raft2', '137']],
  );
  const sampled = (await table('samples.csv')).map(({ node }) => node);
  assert.deepEqual([...new Set(sampled)].sort(), ['raft1', 'raft2', 'raft3']);
  assert.ok(sampled.filter((name) => name === 'raft1').length > 2, 'not only when it begins and ends');
  assert.match(await read('logs/raft2.log'), /what raft2 said/);
  assert.equal(await read('results/0-query-1700000000'), '');
});

test('Ctrl-C ends a run at once that waits for its first write, or for a node to know the leader', async (t) => {
  for (const waits of ['for the first write', 'for a silent node'] as const) {
    const controller = new AbortController();
    const { run, cluster } = await begin(t, controller.signal);
    const asked = new Promise<void>((resolve) => {
      if (waits === 'for the first write') resolve();
      cluster.start = async () => {
        cluster.setRunning('raft2'); // and goes on being silent
        resolve();
      };
    });
    cluster.answers.rows = waits === 'for the first write' ? undefined : 7;
    run.catch(() => {});
    await asked;
    await sleep(100);
    const before = performance.now();
    controller.abort(new Error('interrupted'));
    await assert.rejects(run, /interrupted/);
    assert.ok(performance.now() - before < 10_000, 'it would wait 20 s for a node to recover');
    assert.equal(cluster.calls.at(-1), 'down', waits);
  }
});
