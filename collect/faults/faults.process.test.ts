import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  assertConfirmedAndEnded,
  growth,
  timeOf,
  trial,
  trialCampaign,
} from '../../src/testing/fault-trial.js';
import type { Capability } from '../runtimes/parts/runtime.js';
import { processRuntime } from '../runtimes/process.js';

const runtime = processRuntime(trialCampaign, () => {});

/** Skips a test, with the reason, where this machine cannot do what the fault needs. */
async function needs(capability: Capability, t: TestContext): Promise<boolean> {
  const reason = await runtime.lacks(capability);
  if (reason) t.skip(reason);
  return !reason;
}

test('a follower that crashes is gone, and joins again', async () => {
  const result = await trial('process', 'crash', 'follower');
  assertConfirmedAndEnded(result, 'exit_code');
  assert.equal(result.evidence[0]!['during'], '137');
  // from then on it counts from 0
  assert.ok(growth(result, 'cpu_ns', 'fault_lifted', 'workload_ended') > 0);
});

test('a leader that is stopped ends by itself, and another one leads', async () => {
  // an election takes some 5 s, and sometimes several rounds
  const result = await trial('process', 'stop', 'leader', undefined, 17);
  assertConfirmedAndEnded(result, 'exit_code');
  const led = result.events.filter((row) => row['event'] === 'leader_changed' && row['node']);
  assert.ok(led.some((row) => row['node'] !== result.run.target_node));
});

test('a paused leader uses no CPU time, and goes on when it is thawed', async () => {
  const result = await trial('process', 'pause', 'leader');
  assertConfirmedAndEnded(result, 'cpu_time');
  assert.ok(growth(result, 'cpu_ns', 'recovered', 'workload_ended') > 0);
});

test('burners take CPU time until they are held again', async () => {
  const result = await trial('process', 'cpu-contention', 'leader', 2);
  assertConfirmedAndEnded(result, 'burner_cpu_time');
});

test('a pinned leader has to share one core with the burners', async (t) => {
  if (!(await needs('pinning', t))) return;
  const result = await trial('process', 'cpu-contention-pinned', 'leader', 2);
  assertConfirmedAndEnded(result, 'burner_cpu_time');
  const [from, to] = [timeOf(result, 'fault_injected'), timeOf(result, 'fault_lifted')];
  const used = growth(result, 'cpu_ns', 'fault_injected', 'fault_lifted');
  assert.ok(used < Number(to - from) * 0.7, `used ${used} ns of ${to - from} ns`);
});

test('a CPU limit holds the leader back until it is lifted', async (t) => {
  if (!(await needs('cpu-limit', t))) return;
  const result = await trial('process', 'cpu-limit', 'leader', 0.2);
  assertConfirmedAndEnded(result, 'throttled_share');
  assert.equal(growth(result, 'cpu_throttled_ns', 'recovered', 'workload_ended'), 0);
});

test('a memory limit refuses the leader memory, or has it killed where there is no swap', async (t) => {
  if (!(await needs('memory-limit', t))) return;
  // from the start on, since a limit cannot be set below what is in use; the leader’s log then grows into it
  const result = await trial('process', 'memory-limit', 'leader', 12, 14, 0.5);
  assertConfirmedAndEnded(result, 'memory_limit_hits', 'memory_kills');
});

test('a throttled disk writes at most half of what it did before', async (t) => {
  if (!(await needs('disk-limit', t))) return;
  const result = await trial('process', 'disk-throttle', 'leader', 100_000);
  assertConfirmedAndEnded(result, 'write_rate');
});

test('what processes of one machine cannot have is refused before anything runs', async () => {
  await assert.rejects(
    trial('process', 'network-cut', 'leader'),
    /network-cut needs network: .* no network of their own/,
  );
});
