import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeCluster, fakeRuntime } from '../../src/testing/fake-cluster.js';
import type { PlannedFault, PlannedRun } from '../plan.js';
import { makeRun } from './run.js';

const memory: PlannedFault = {
  ...{ kind: 'memory-limit', target: 'follower', severity: 30, unit: 'MB', injectAtS: 0.5, liftAtS: 1 },
};
const crash: PlannedFault = { ...memory, kind: 'crash', severity: null, unit: null };

const planned = (fault: PlannedFault | null): PlannedRun => ({
  ...{
    run_id: 'a-t1',
    scenario: 'a',
    release: 'trixie',
    workload: 'kvreadwrite',
    workers: 1,
    durationS: 1.5,
  },
  ...{ driverRole: 'follower', fault, trial: 1, block: 1, position: 1 },
});

/** Makes a run on a fake cluster whose workload begins, ends and leaves rows as it should, unless `change` has it otherwise. */
async function made(
  t: TestContext,
  fault: PlannedFault | null,
  change: (cluster: FakeCluster) => void | Promise<void> = () => {},
  signal = new AbortController().signal,
) {
  const folder = mkdtempSync(join(tmpdir(), 'run-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const cluster = new FakeCluster();
  const runtime = fakeRuntime([cluster]);
  const { up } = runtime;
  runtime.up = async (spec) => {
    const ready = await up(spec);
    setTimeout(() => {
      cluster.answers.rows ??= 7;
    }, 100);
    setTimeout(() => cluster.endDriver(0), 1900);
    await change(cluster);
    return ready;
  };
  if (cluster.troubles.up === undefined) await Promise.resolve();
  const findings = await makeRun(planned(fault), runtime, folder, signal);
  const events = readFileSync(join(folder, 'events.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[1]!);
  return { findings, events, cluster, folder };
}

test('a run on a cluster that does what it should', async (t) => {
  const { findings, events, cluster, folder } = await made(t, memory);
  assert.deepEqual([findings.status, findings.status_reason], ['complete', null]);
  assert.deepEqual([findings.fault_confirmed, findings.rows_found, findings.target_node], [true, 7, 'raft3']);
  assert.deepEqual(
    events.filter((event) => event !== 'leader_changed'),
    [
      'workload_started',
      'fault_injected',
      'fault_confirmed',
      'fault_lifted',
      'recovered',
      'workload_ended',
      'count_taken',
    ],
  );
  assert.equal(cluster.calls.at(-1), 'down');
  assert.match(
    readFileSync(join(folder, 'evidence.csv'), 'utf8'),
    /\nmemory_limit_hits,raft3,,\d+,1,times\n/,
  );
  assert.match(readFileSync(join(folder, 'logs/raft1.log'), 'utf8'), /what went wrong/);
});

test('a follower that crashes is started again, and the run is complete', async (t) => {
  const { findings, cluster } = await made(t, crash, (one) => {
    const start = one.start.bind(one);
    one.start = async (node) => {
      await start(node);
      one.answers.silent.delete(node.name);
    };
  });
  assert.equal(findings.status, 'complete', findings.status_reason ?? '');
  assert.ok(cluster.calls.includes('start raft3'));
});

/** What may go wrong around a run, and what is found of it. */
const troubles: Record<
  string,
  [change: (cluster: FakeCluster) => void, failure: string, fault?: PlannedFault]
> = {
  'an engine that is gone when the fault is injected': [
    (one) => {
      one.troubles.limitMemory = new Error('the engine does not answer');
    },
    'inject_failed',
  ],
  'a lift that fails': [
    (one) => {
      const limit = one.limitMemory.bind(one);
      one.limitMemory = (node, bytes) =>
        bytes === null ? Promise.reject(new Error('busy')) : limit(node, bytes);
    },
    'lift_failed',
  ],
  'an engine that is gone when results are copied': [
    (one) => {
      one.troubles.copyResults = new Error('the engine does not answer');
    },
    'no_results',
  ],
  'a driver that leaves nothing': [
    (one) => {
      one.results = [];
    },
    'no_results',
  ],
  'a driver that is killed for memory': [
    (one) => {
      one.states.set('raft2', { running: false, exitCode: 137, killedForMemory: true });
      setTimeout(() => one.endDriver(137), 700);
    },
    'killed_for_memory',
  ],
  'a driver that fails': [(one) => setTimeout(() => one.endDriver(1), 700), 'driver_failed'],
};

for (const [name, [change, failure, fault = memory]] of Object.entries(troubles)) {
  test(`${name}: a failed run, whose cluster is taken down`, async (t) => {
    const { findings, cluster } = await made(t, fault, change);
    assert.deepEqual([findings.status, findings.failure], ['failed', failure], findings.status_reason ?? '');
    assert.equal(cluster.calls.at(-1), 'down');
  });
}

test('nodes that cannot be observed leave a run without samples and evidence', async (t) => {
  const { findings, folder } = await made(t, crash, (one) => {
    one.troubles.usage = new Error('the control group is gone');
  });
  assert.equal(findings.other_cpu_fraction, null);
  assert.equal(readFileSync(join(folder, 'samples.csv'), 'utf8').trim().split('\n').length, 1);
});

test('an engine that is gone before the cluster is up, or cannot take it down, fails the run alone', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'run-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const cluster = new FakeCluster();
  cluster.troubles.up = new Error('the engine does not answer');
  const signal = new AbortController().signal;
  const { failure, status_reason } = await makeRun(planned(null), fakeRuntime([cluster]), folder, signal);
  assert.deepEqual([failure, status_reason], ['engine_failed', 'the engine does not answer']);
  const { findings } = await made(t, null, (one) => {
    one.troubles.down = new Error('the engine does not answer');
  });
  assert.equal(findings.status, 'complete');
});

test('an error of the code’s own ends the campaign, with its place', async (t) => {
  for (const method of ['limitMemory', 'copyResults', 'state'] as const) {
    const broken = made(t, memory, (one) => {
      one.troubles[method] = new TypeError('undefined is not a function');
    });
    await assert.rejects(
      broken,
      (error: Error) => error instanceof TypeError && /run\.test/.test(error.stack!),
    );
  }
});

test('Ctrl-C ends a run at once, wherever it is, and the cluster is taken down', async (t) => {
  for (const afterMs of [30, 300, 800, 1300, 1700, 2000]) {
    const controller = new AbortController();
    let cluster: FakeCluster | undefined;
    const running = made(
      t,
      memory,
      (one) => {
        cluster = one;
      },
      controller.signal,
    );
    running.catch(() => {});
    await sleep(afterMs);
    const begun = performance.now();
    controller.abort(new Error('interrupted'));
    await assert.rejects(running, /interrupted/);
    assert.ok(performance.now() - begun < 1000);
    assert.equal(cluster!.calls.at(-1), 'down', `after ${afterMs} ms`);
  }
});
