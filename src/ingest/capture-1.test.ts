import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../dataset/schema.js';
import { driverRole1, evidence1, isConfirmed, upgradeRun1 } from './capture-1.js';

const run = {
  run_id: 'run',
  fault: 'crash',
  target_node: 'raft1',
  driver_node: 'raft2',
  driver_role: 'follower',
  fault_confirmed: true,
  failure: null,
} as Row<'runs'>;

const event = (ms: number, name: string, node: string | null): Row<'events'> =>
  ({ run_id: 'run', time_ns: BigInt(ms) * 1_000_000n, event: name, node, detail: null }) as Row<'events'>;

/** The evidence that a sentence of format 1 becomes: metric, node, before, during, threshold. */
function from(sentence: string): unknown[][] {
  return evidence1(run, sentence, [], []).map(({ metric, node, before, during, threshold }) => [
    metric,
    node,
    before,
    during,
    threshold,
  ]);
}

test('each sentence of format 1 becomes a measurement', () => {
  const sentences: Record<string, unknown[]> = {
    'the burners used 0.18 s of CPU time': ['burner_cpu_time', 'host', null, 0.18, 0.1],
    'raft2 exited with 137 after SIGKILL': ['exit_code', 'raft1', null, 137, 0],
    'raft3 exited with 0 after SIGTERM': ['exit_code', 'raft1', null, 0, 0],
    'raft3 used no CPU time while frozen': ['cpu_time', 'raft1', null, 0, 0],
    'raft3: 7 packets dropped': ['packets_dropped', 'raft1', null, 7, 1],
    'raft3: 6 packets had to wait for the rate limit': ['packets_queued', 'raft1', null, 6, 1],
    'raft3 wrote 180 kB/s at a limit of 100 kB/s, 2924 kB/s before': [
      'write_rate',
      'raft1',
      2924e3,
      180e3,
      1462e3,
    ],
  };
  for (const [sentence, row] of Object.entries(sentences)) {
    assert.deepEqual(from(sentence), [row]);
    assert.equal(isConfirmed(run, evidence1(run, sentence, [], [])), true, sentence);
  }
});

test('that a memory limit was set shows nothing, that it killed the node does', () => {
  const limited = { ...run, fault: 'memory-limit' };
  assert.equal(isConfirmed(limited, evidence1(limited, 'raft2 is limited to 50 MB', [], [])), false);
  const killed = { ...limited, ...upgradeRun1({ flags: 'driver_killed_for_memory', fault_proven: true }) };
  const evidence = evidence1(killed as Row<'runs'>, 'raft2 is limited to 50 MB', [], []);
  assert.deepEqual(
    evidence.map(({ metric, during }) => [metric, during]),
    [['memory_kills', 1]],
  );
});

test('a CPU limit is judged by the share of the fault for which its node was held back', () => {
  const limited = { ...run, fault: 'cpu-limit' };
  const events = [event(1000, 'fault_injected', 'raft1'), event(11_000, 'fault_lifted', 'raft1')];
  const throttled = (...ms: number[]) =>
    ms.map(
      (value, i) =>
        ({
          run_id: 'run',
          node: 'raft1',
          time_ns: BigInt(1000 + i * 5000) * 1_000_000n,
          cpu_throttled_ns: BigInt(value) * 1_000_000n,
        }) as Row<'samples'>,
    );
  const share = (...ms: number[]) => {
    const evidence = evidence1(limited, 'held back', events, throttled(...ms));
    return [evidence[0]?.during, isConfirmed(limited, evidence)];
  };
  assert.deepEqual(share(0, 1000, 2000), [0.2, true]);
  assert.deepEqual(share(0, 100, 100), [0.01, false]);
});

test('the driver’s role is that of who led when the workload began', () => {
  const role = (...events: Row<'events'>[]) =>
    driverRole1(run, [event(1000, 'workload_started', 'raft2'), ...events]);
  assert.equal(role(event(500, 'leader_changed', 'raft2')), 'leader');
  assert.equal(role(event(1072, 'leader_changed', 'raft2')), 'leader', 'seen a moment late');
  assert.equal(
    role(event(500, 'leader_changed', 'raft1'), event(1072, 'leader_changed', 'raft2')),
    'follower',
  );
  assert.equal(role(event(3000, 'leader_changed', 'raft2')), 'follower');
  assert.equal(driverRole1(run, []), 'follower');
});
