import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertConfirmedAndEnded, growth, trial } from '../../src/testing/fault-trial.js';

test('a CPU limit holds the leader back until it is lifted', async () => {
  const result = await trial('compose', 'cpu-limit', 'leader', 0.2);
  assertConfirmedAndEnded(result, 'throttled_share');
  assert.equal(growth(result, 'cpu_throttled_ns', 'recovered', 'workload_ended'), 0);
});

test('a memory limit refuses the leader memory, or has it killed where there is no swap', async () => {
  // from the start on, since a limit cannot be set below what is in use; the leader’s log then grows into it
  const result = await trial('compose', 'memory-limit', 'leader', 12, 14, 0.5);
  assertConfirmedAndEnded(result, 'memory_limit_hits', 'memory_kills');
  const limits = result.samples
    .filter((row) => row['node'] === result.run.target_node)
    .map((row) => Number(row['memory_limit_bytes']) === 25 * 2 ** 20);
  assert.equal(limits.at(-1), false);
});

test('a paused leader uses no CPU time, and goes on when it is thawed', async () => {
  const result = await trial('compose', 'pause', 'leader');
  assertConfirmedAndEnded(result, 'cpu_time');
  assert.ok(growth(result, 'cpu_ns', 'recovered', 'workload_ended') > 0);
});

test('a follower that crashes is gone, and joins again', async () => {
  const result = await trial('compose', 'crash', 'follower');
  assertConfirmedAndEnded(result, 'exit_code');
  assert.equal(result.evidence[0]!['during'], '137');
});

test('burners beside the nodes take CPU time until they are held again', async () => {
  const result = await trial('compose', 'cpu-contention', 'leader', 2);
  assertConfirmedAndEnded(result, 'burner_cpu_time');
  assert.deepEqual(
    result.evidence.map((row) => row['node']),
    ['burner1', 'burner2'],
  );
});

test('a network cut stops what the leader sends and receives', async () => {
  assertConfirmedAndEnded(await trial('compose', 'network-cut', 'leader'), 'packets_dropped');
});

test('a rate limit makes the leader’s packets wait', async () => {
  const result = await trial('compose', 'network-rate', 'leader', 50_000);
  assertConfirmedAndEnded(result, 'packets_queued');
  const sent = growth(result, 'sent_bytes', 'fault_injected', 'fault_lifted');
  assert.ok(sent < 3.5 * 50_000 + 100_000, `sent ${sent} bytes in 3 s at 50 kB/s`);
});

test('a throttled disk writes at most half of what it did before', async () => {
  assertConfirmedAndEnded(await trial('compose', 'disk-throttle', 'leader', 100_000), 'write_rate');
});

test('what the loopback has none of is refused before anything runs', async () => {
  await assert.rejects(
    trial('process', 'network-delay', 'leader', 50),
    /network-delay needs network: in the process runtime the nodes share the loopback/,
  );
});
