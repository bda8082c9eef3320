import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertBitAndEnded, growth, trial, trialCampaign } from '../../src/testing/fault-trial.js';
import { composeRuntime } from '../runtimes/compose.js';

test('a CPU limit holds the leader back until it is lifted', async () => {
  const result = await trial('compose', 'cpu-limit', 'leader', 0.2);
  assertBitAndEnded(result);
  assert.ok(growth(result, 'cpu_throttled_ns', 'fault_injected', 'fault_lifted') > 100e6);
  assert.equal(growth(result, 'cpu_throttled_ns', 'recovered', 'workload_ended'), 0);
});

test('a memory limit is in force until it is lifted', async () => {
  const result = await trial('compose', 'memory-limit', 'follower', 100);
  assertBitAndEnded(result);
  const limits = result.samples
    .filter((row) => row['node'] === result.run.target_node)
    .map((row) => Number(row['memory_limit_bytes']) === 100 * 2 ** 20);
  assert.ok(limits.includes(true));
  assert.equal(limits.at(-1), false);
});

test('a paused leader uses no CPU time, and goes on when it is thawed', async () => {
  const result = await trial('compose', 'pause', 'leader');
  assertBitAndEnded(result);
  // to the planned lift: when `fault_lifted` is recorded the node may already run
  assert.equal(growth(result, 'cpu_ns', 'fault_proven', 'fault_planned'), 0);
  assert.ok(growth(result, 'cpu_ns', 'recovered', 'workload_ended') > 0);
});

test('a follower that crashes is gone, and joins again', async () => {
  const result = await trial('compose', 'crash', 'follower');
  assertBitAndEnded(result);
  assert.match(result.run.fault_evidence!, /exited with 137 after SIGKILL/);
});

test('a network cut stops what the leader sends and receives', async () => {
  const result = await trial('compose', 'network-cut', 'leader');
  assertBitAndEnded(result);
  assert.match(result.run.fault_evidence!, /packets dropped/);
});

test('a rate limit makes the leader’s packets wait', async () => {
  const result = await trial('compose', 'network-rate', 'leader', 50_000);
  assertBitAndEnded(result);
  const sent = growth(result, 'sent_bytes', 'fault_injected', 'fault_lifted');
  assert.ok(sent < 3.5 * 50_000 + 100_000, `sent ${sent} bytes in 3 s at 50 kB/s`);
});

test('a throttled disk writes a fraction of what it did before, and afterwards more again', async () => {
  const result = await trial('compose', 'disk-throttle', 'leader', 100_000);
  assertBitAndEnded(result);
  const before = growth(result, 'written_bytes', 'workload_started', 'fault_injected') / 2;
  const during = growth(result, 'written_bytes', 'fault_injected', 'fault_lifted') / 3;
  const afterwards = growth(result, 'written_bytes', 'recovered', 'workload_ended') / 3;
  const rates = `${before}, ${during} and ${afterwards} bytes/s`;
  assert.ok(during < before / 2 && during < afterwards / 2, rates);
});

test('what this kernel cannot do is refused before anything runs', async () => {
  const lacks = await composeRuntime(trialCampaign, () => {}).lacks('netem');
  if (lacks === undefined) return assertBitAndEnded(await trial('compose', 'network-delay', 'leader', 50));
  await assert.rejects(
    trial('compose', 'network-delay', 'leader', 50),
    /network-delay needs netem: this kernel refuses/,
  );
});
