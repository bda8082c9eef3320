import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import type { EventName } from '../../src/dataset/schema.js';
import { type Campaign, runCampaign } from '../campaign.js';
import { CAPTURE, type Manifest } from '../capture/format.js';
import { planCampaign } from '../plan.js';
import { composeRuntime } from '../runtimes/compose.js';
import { parseScenario } from '../scenario.js';

const NAME = `test-faults-${process.pid}`;
const quiet = { begin() {}, start() {}, done() {}, skip() {}, note() {}, end() {} };
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faults-'));
});
after(() => rm(folder, { recursive: true }));

/** Runs one trial with the fault in force from 2 s to 5 s of 8 s, and reads what it left. */
async function trial(kind: string, target: 'leader' | 'follower', severity?: number) {
  const name = `${kind}-${target}`;
  const scenario = parseScenario(
    JSON.stringify({
      title: name,
      question: 'Does it bite, and does it end?',
      workload: 'kvreadwrite',
      workers: 4,
      driver: 'follower',
      fault: { kind, target, severity, inject_at: 2, lift_at: 5 },
    }),
    `${name}.yml`,
  );
  const options = { scenarios: [scenario], releases: ['trixie'], trials: 1, durationS: 8, seed: 1 };
  const runs = planCampaign(options);
  const campaign: Campaign = { name: NAME, seed: 1, created_at: '', runtime: 'compose', runs };
  const runtime = composeRuntime(NAME, () => {});
  const signal = new AbortController().signal;
  await runCampaign(campaign, join(folder, name), { runtime, retries: 1, progress: quiet, signal });
  const capture = join(folder, name, 'captures', runs[0]!.run_id);
  const { run }: Manifest = JSON.parse(await readFile(join(capture, CAPTURE.manifest), 'utf8'));
  const table = async (file: string): Promise<Record<string, string>[]> =>
    parse(await readFile(join(capture, file)), { columns: true });
  assert.equal(run.status, 'complete', run.status_reason ?? '');
  return { run, events: await table(CAPTURE.events), samples: await table(CAPTURE.samples) };
}

type Trial = Awaited<ReturnType<typeof trial>>;

function timeOf({ events }: Trial, event: EventName): bigint {
  const found = events.findLast((row) => row['event'] === event); // of the planned instants, the lift
  assert.ok(found, `expected ${event} among ${events.map((row) => row['event']).join(', ')}`);
  return BigInt(found['time_ns']!);
}

/** The fault was seen to bite while it was in force, and to have ended after it was lifted. */
function assertBitAndEnded(result: Trial): void {
  const order = (['fault_injected', 'fault_proven', 'fault_lifted', 'recovered'] as const).map((event) =>
    timeOf(result, event),
  );
  assert.deepEqual(
    order,
    order.toSorted((a, b) => (a < b ? -1 : 1)),
  );
  assert.equal(result.run.fault_proven, true);
}

/** What a counter of the target grew by between two events. */
function growth(result: Trial, column: string, from: EventName, to: EventName): number {
  const [start, end] = [timeOf(result, from), timeOf(result, to)];
  const values = result.samples
    .filter((row) => row['node'] === result.run.target_node)
    .filter((row) => BigInt(row['time_ns']!) >= start && BigInt(row['time_ns']!) <= end)
    .map((row) => Number(row[column]));
  assert.ok(values.length > 3, 'expected samples between the events');
  return values.at(-1)! - values[0]!;
}

test('a CPU limit holds the leader back until it is lifted', async () => {
  const result = await trial('cpu-limit', 'leader', 0.2);
  assertBitAndEnded(result);
  assert.ok(growth(result, 'cpu_throttled_ns', 'fault_injected', 'fault_lifted') > 100e6);
  assert.equal(growth(result, 'cpu_throttled_ns', 'recovered', 'workload_ended'), 0);
});

test('a memory limit is in force until it is lifted', async () => {
  const result = await trial('memory-limit', 'follower', 100);
  assertBitAndEnded(result);
  const limits = result.samples
    .filter((row) => row['node'] === result.run.target_node)
    .map((row) => Number(row['memory_limit_bytes']) === 100 * 2 ** 20);
  assert.ok(limits.includes(true));
  assert.equal(limits.at(-1), false);
});

test('a paused leader uses no CPU time, and goes on when it is thawed', async () => {
  const result = await trial('pause', 'leader');
  assertBitAndEnded(result);
  // to the planned lift: `fault_lifted` is recorded once the engine has answered, when the node may already run
  assert.equal(growth(result, 'cpu_ns', 'fault_proven', 'fault_planned'), 0);
  assert.ok(growth(result, 'cpu_ns', 'recovered', 'workload_ended') > 0);
});

test('a follower that crashes is gone, and joins again', async () => {
  const result = await trial('crash', 'follower');
  assertBitAndEnded(result);
  assert.match(result.run.fault_evidence!, /exited with 137 after SIGKILL/);
});

test('a network cut stops what the leader sends and receives', async () => {
  const result = await trial('network-cut', 'leader');
  assertBitAndEnded(result);
  assert.match(result.run.fault_evidence!, /packets dropped/);
});

test('a rate limit makes the leader’s packets wait', async () => {
  const result = await trial('network-rate', 'leader', 50_000);
  assertBitAndEnded(result);
  const sent = growth(result, 'sent_bytes', 'fault_injected', 'fault_lifted');
  assert.ok(sent < 3.5 * 50_000 + 100_000, `sent ${sent} bytes in 3 s at 50 kB/s`);
});

test('a throttled disk writes a fraction of what it did before, and afterwards more again', async () => {
  const result = await trial('disk-throttle', 'leader', 100_000);
  assertBitAndEnded(result);
  const before = growth(result, 'written_bytes', 'workload_started', 'fault_injected') / 2;
  const during = growth(result, 'written_bytes', 'fault_injected', 'fault_lifted') / 3;
  const afterwards = growth(result, 'written_bytes', 'recovered', 'workload_ended') / 3;
  const rates = `${before}, ${during} and ${afterwards} bytes/s`;
  assert.ok(during < before / 2 && during < afterwards / 2, rates);
});

test('what this kernel cannot do is refused before anything runs', async () => {
  const lacks = await composeRuntime(NAME, () => {}).lacks('netem');
  if (lacks === undefined) return assertBitAndEnded(await trial('network-delay', 'leader', 50));
  await assert.rejects(
    trial('network-delay', 'leader', 50),
    /network-delay needs netem: this kernel refuses/,
  );
});
