import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Measurement } from '../faults/parts/fault.js';
import { measurementWords } from './evidence.js';
import { findingsOf } from './findings.js';
import { prepared, type RunPlan, type RunState } from './state.js';

const fault = {
  kind: 'pause',
  target: 'leader',
  severity: null,
  unit: null,
  injectAtS: 2,
  liftAtS: 6,
} as const;
const plan: RunPlan = { nodes: ['raft1'], roles: ['voter'], driver: 'raft2', durationS: 10, faults: [fault] };
const share: Measurement = {
  ...{ metric: 'throttled_share', node: 'raft1', before: 0.015, during: 0.25, threshold: 0.05 },
};

test('what has not come about is missing from what a run found out', () => {
  assert.deepEqual(findingsOf(prepared(plan, 0), 'leader', null), {
    ...{ target_node: null, driver_node: 'raft2', driver_role: 'leader', started_at: null },
    ...{ status: 'complete', status_reason: null, failure: null, fault_confirmed: false },
    ...{ rows_found: null, other_cpu_fraction: null, evidence: [] },
  });
});

test('the role of a client is its own, whoever leads', () => {
  const state = { ...prepared(plan, 0), firstLeader: 'raft1' };
  assert.equal(findingsOf(state, 'client', null).driver_role, 'client');
  assert.equal(findingsOf(state, 'leader', null).driver_role, 'follower');
});

test('a run says when its workload began, and its evidence with units', () => {
  const state: RunState = {
    ...prepared(plan, 0),
    beganAt: 1_700_000_000_123,
    faults: [{ stage: 'confirmed', target: 'raft1', measurements: [share] }],
  };
  const { started_at, evidence, fault_confirmed } = findingsOf(state, 'leader', 0.5);
  assert.equal(started_at, '2023-11-14T22:13:20.123Z');
  assert.deepEqual(evidence, [{ fault_no: 1, ...share, unit: 'share' }]);
  assert.equal(fault_confirmed, true);
});

test('a measurement in words gives shares as percentages, and what was before where it is known', () => {
  assert.match(measurementWords(share), /^raft1: .+: 25 %, 1\.5 % before$/);
  const hits = { ...share, metric: 'memory_limit_hits', before: null, during: 12 } as const;
  assert.match(measurementWords(hits), /^raft1: .+: 12 times$/);
});
