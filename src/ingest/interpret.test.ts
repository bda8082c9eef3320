import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../dataset/schema.js';
import { clockWords } from '../vocabulary/clock-words.js';
import { interpret } from './interpret.js';

const run = {
  run_id: 'crash-1',
  status: 'complete',
  fault: 'crash',
  faults: null,
  inject_at_s: 5,
  lift_at_s: 8.5,
  rows_found: 12,
  other_cpu_fraction: 0.01,
  acknowledged_writes: null,
  run_flags: null,
} as Row<'runs'>;
const started = {
  run_id: 'crash-1',
  event: 'workload_started',
  fault_no: null,
  node: 'raft2',
  detail: null,
} as const;
const facts = { firstStartNs: 1_000_000_000n, acknowledged: 10, inDoubt: 2 };

test('the workload began with its first operation, and the plan counts from then on', () => {
  const { events } = interpret(run, [{ ...started, time_ns: 1_040_000_000n }], facts);
  assert.deepEqual(
    events.map(({ event, detail, time_ns }) => [event, detail, time_ns]),
    [
      ['workload_started', null, 1_000_000_000n],
      ['fault_planned', 'inject', 6_000_000_000n],
      ['fault_planned', 'lift', 9_500_000_000n],
    ],
  );
  assert.equal(
    interpret(run, events, facts).events.length,
    3,
    'what is planned already is not planned twice',
  );
});

test('of several faults each has the instants at which it was planned', () => {
  const faults = JSON.stringify([
    { inject_at_s: 1, lift_at_s: 2 },
    { inject_at_s: 3, lift_at_s: null },
  ]);
  const { events } = interpret({ ...run, faults }, [{ ...started, time_ns: 1n }], facts);
  const planned = events.map(({ fault_no, detail, time_ns }) => [fault_no, detail, time_ns]);
  assert.deepEqual(planned.slice(1), [
    [1, 'inject', 2_000_000_000n],
    [1, 'lift', 3_000_000_000n],
    [2, 'inject', 4_000_000_000n],
  ]);
  assert.equal(interpret({ ...run, faults }, events, facts).events.length, 4);
});

test('rows that acknowledged writes and those in doubt explain are no doubt', () => {
  const flagsWith = (rows_found: number | null) => interpret({ ...run, rows_found }, [], facts).run.run_flags;
  assert.deepEqual([10, 12, null].map(flagsWith), [null, null, null]);
  assert.deepEqual([9, 13].map(flagsWith), ['writes_disagree', 'writes_disagree']);
});

test('a disturbed run is flagged, and keeps what it was flagged with', () => {
  const disturbed = { ...run, other_cpu_fraction: 0.06, run_flags: 'clock_stepped_back' };
  assert.equal(interpret(disturbed, [], facts).run.run_flags, 'clock_stepped_back;other_cpu');
  const traced = { ...disturbed, fault: 'disk-slow' };
  assert.equal(
    interpret(traced, [], facts).run.run_flags,
    'clock_stepped_back',
    'the tracer is of the fault',
  );
  assert.equal(interpret({ ...disturbed, status: 'failed' }, [], facts).run.run_flags, 'clock_stepped_back');
});

test('a run with a host whose clock is not known to 10 ms is flagged', () => {
  const clock = (errorNs: bigint) => ({
    ...{ run_id: run.run_id, time_ns: 1n, event: 'clock_measured' as const, fault_no: null, node: 'raft1' },
    detail: clockWords(2_000_000_000n, errorNs),
  });
  assert.equal(interpret(run, [clock(9_000_000n)], facts).run.run_flags, null);
  assert.equal(interpret(run, [clock(11_000_000n)], facts).run.run_flags, 'clock_error');
});

test('acknowledged writes are counted of a run that did not fail', () => {
  assert.equal(interpret(run, [], facts).run.acknowledged_writes, 10);
  assert.equal(interpret({ ...run, status: 'failed' }, [], facts).run.acknowledged_writes, null);
});
