import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countVerdicts, type JudgedRun } from './verdict-counts.js';

const run = (changes: Partial<JudgedRun>): JudgedRun => ({
  debian_release: 'trixie',
  scenario: 'pause-leader',
  workload: 'registers',
  fault_confirmed: true,
  consistency: 'valid',
  consistency_expected: 'strict serializability',
  consistency_reason: null,
  ...changes,
});

test('every run is counted once: valid, invalid, unknown, untested or failed', () => {
  const gaveUp = 'register 7: its search was given up after 1000000 steps';
  const [count, ...others] = countVerdicts([
    run({}),
    run({ fault_confirmed: false }),
    run({ consistency: null, fault_confirmed: null }),
    run({ consistency: 'unknown', consistency_reason: gaveUp }),
    run({ consistency: 'invalid', consistency_reason: 'stale read of 3: 4 was met after 5' }),
    run({
      consistency: 'invalid',
      consistency_reason: 'write skew: as they say; also stale read',
      fault_confirmed: false,
    }),
  ]);
  assert.deepEqual(others, []);
  assert.deepEqual(count, {
    ...{ release: 'trixie', scenario: 'pause-leader', workload: 'registers' },
    ...{ expected: 'strict serializability', runs: 6 },
    ...{ valid: 1, invalid: 2, unknown: 1, untested: 1, failed: 1 },
    why: [gaveUp, 'stale read', 'write skew'],
  });
});

test('a run without a fault to confirm counts, and what a weaker expectation allows is no reason', () => {
  const allowed = run({
    fault_confirmed: null,
    consistency_expected: 'serializability',
    consistency_reason: 'stale read of 3: 4 was met after 5',
  });
  const [count] = countVerdicts([allowed]);
  assert.deepEqual([count!.valid, count!.expected, count!.why], [1, 'serializability', []]);
});

test('releases stand in their order, and runs of the benchmark of 2022 do not', () => {
  const counts = countVerdicts([
    run({ debian_release: 'sid' }),
    run({ debian_release: 'bookworm', workload: 'lists' }),
    run({ debian_release: 'bookworm' }),
    run({ workload: 'kvreadwrite', consistency: null }),
  ]);
  assert.deepEqual(
    counts.map(({ release, workload }) => [release, workload]),
    [
      ['bookworm', 'registers'],
      ['bookworm', 'lists'],
      ['sid', 'registers'],
    ],
  );
});
