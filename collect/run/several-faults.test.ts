import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlannedFault } from '../plan.js';
import { dueAt } from './due.js';
import { findingsOf } from './findings.js';
import { LEADER_MS, NEXT_LEADER_MS } from './limits.js';
import { type Command, type Observation, prepared, type RunPlan, type RunState } from './state.js';
import { step } from './step.js';

const fault = (
  target: PlannedFault['target'],
  injectAtS: number,
  liftAtS: number | null,
  kind: PlannedFault['kind'] = 'pause',
): PlannedFault => ({ kind, target, severity: null, unit: null, injectAtS, liftAtS });

const planOf = (...faults: PlannedFault[]): RunPlan => ({
  ...{
    nodes: ['raft1', 'raft2', 'raft3'],
    roles: ['voter', 'voter', 'voter'],
    driver: 'client',
    durationS: 100,
    faults,
  },
});

type Seen = Observation extends infer O ? (O extends Observation ? Omit<O, 'at'> : never) : never;
const time: Seen = { see: 'time' };
const leads = (node: string | null): Seen => ({ see: 'leader', node });
const done = (what: 'inject' | 'lift' | 'recover', at: number, isDone = true): Seen => ({
  ...{ see: 'done', did: { do: what, fault: at, node: '' } as Command, done: isDone },
});
const frozen = (at: number): Seen => ({
  see: 'measured',
  fault: at,
  measurements: [{ metric: 'cpu_time', node: 'x', before: null, during: 0, threshold: 0 }],
});
const begun: [number, Seen][] = [
  [0, leads('raft1')],
  [0, { see: 'began' }],
];

/** Plays observations, each at its instant in ms; what was told and recorded comes as `at: what, of which fault`. */
function play(plan: RunPlan, ...seen: [at: number, seen: Seen][]): { state: RunState; told: string[] } {
  let state = prepared(plan, 0);
  const told: string[] = [];
  for (const [at, what] of [...begun, ...seen]) {
    const result = step(state, { ...what, at } as Observation);
    state = result.state;
    const of = (command: Command) => ('fault' in command ? ` ${command.fault}` : '');
    told.push(...result.events.map(({ event, fault_no, node }) => `${at}: ${event} ${fault_no} ${node}`));
    told.push(...result.commands.map((command) => `${at}: do ${command.do}${of(command)}`));
  }
  return { state, told: told.slice(2) };
}

const hits = (state: RunState) => state.faults.map(({ target }) => target);

test('faults of the same instant are injected together, and each is lifted, and recovers, on its own', () => {
  const plan = planOf(fault('leader', 1, 5), fault('follower', 1, 8));
  const { told } = play(
    plan,
    [1000, time],
    [1001, done('inject', 1)],
    [1002, done('inject', 0)],
    [1100, frozen(1)],
    [5000, time],
    [5001, done('lift', 0)],
    [6000, done('recover', 0)],
    [8000, time],
    [8001, done('lift', 1)],
  );
  assert.deepEqual(told, [
    ...['1000: do inject 0', '1000: do inject 1'],
    ...['1001: fault_injected 2 raft2', '1001: do measure 1'],
    ...['1002: fault_injected 1 raft1', '1002: do measure 0'],
    ...['1100: fault_confirmed 2 raft2', '1100: do measure 1'],
    '5000: do lift 0',
    ...['5001: fault_lifted 1 raft1', '5001: do recover 0', '6000: recovered 1 raft1'],
    '8000: do lift 1',
    ...['8001: fault_lifted 2 raft2', '8001: do recover 1'],
  ]);
});

test('one that is lifted in the moment in which another is injected is not forgotten', () => {
  const { told } = play(
    planOf(fault('leader', 1, 5), fault('same', 5, 7)),
    [1000, time],
    [1001, done('inject', 0)],
    [5000, time],
  );
  assert.deepEqual(told.slice(-2), ['5000: do lift 0', '5000: do inject 1']);
});

test('each is due at its own instant, and none while it is being injected or lifted', () => {
  const plan = planOf(fault('leader', 1, 9), fault('follower', 4, 6));
  const due = (...seen: [number, Seen][]) => dueAt(play(plan, ...seen).state);
  const first: [number, Seen][] = [
    [1000, time],
    [1001, done('inject', 0)],
  ];
  assert.equal(due(), 1000);
  assert.equal(due([1000, time]), 4000);
  assert.equal(due(...first), 4000);
  assert.equal(due(...first, [4000, time], [4001, done('inject', 1)]), 6000);
  assert.equal(due(...first, [4000, time], [4001, done('inject', 1)], [6000, time]), 9000);
});

test('a run is confirmed once each of its faults is, and its evidence says of which it is', () => {
  const plan = planOf(fault('leader', 1, 5), fault('follower', 1, 5));
  const both: [number, Seen][] = [
    [1000, time],
    [1001, done('inject', 0)],
    [1002, done('inject', 1)],
    [1100, frozen(0)],
  ];
  const found = (...seen: [number, Seen][]) => findingsOf(play(plan, ...seen).state, 'client', 0);
  assert.equal(found(...both).fault_confirmed, false);
  const { fault_confirmed, evidence, target_node } = found(...both, [1200, frozen(1)]);
  assert.deepEqual([fault_confirmed, target_node], [true, 'raft1;raft2']);
  assert.deepEqual(
    evidence.map(({ fault_no }) => fault_no),
    [1, 2],
  );
});

test('a node is chosen when its fault is injected: by role, by what was not hit yet, or as the one before', () => {
  const at = (...targets: PlannedFault['target'][]) => {
    const plan = planOf(...targets.map((target, i) => fault(target, i + 1, null)));
    return hits(play(plan, ...targets.map((_, i): [number, Seen] => [(i + 1) * 1000, time])).state);
  };
  assert.deepEqual(at('leader', 'leader', 'same'), ['raft1', 'raft1', 'raft1']);
  assert.deepEqual(at('follower', 'follower'), ['raft2', 'raft2']);
  assert.deepEqual(at('follower', 'another-follower'), ['raft2', 'raft3']);
  assert.deepEqual(at('another', 'another', 'another'), ['raft2', 'raft3', 'raft1']);
  const moved = play(
    planOf(fault('leader', 1, null), fault('leader', 2, null), fault('another', 3, null)),
    [1000, time],
    [1500, leads('raft3')],
    [2000, time],
    [3000, time],
  );
  assert.deepEqual(hits(moved.state), ['raft1', 'raft3', 'raft2']);
});

test('where no such node is left the run fails', () => {
  const plan = planOf(fault('another', 1, null), fault('another', 1, null), fault('another', 1, null));
  assert.equal(play(plan, [1000, time]).state.failure, null);
  const more = planOf(...plan.faults, fault('another', 1, null), fault('leader', 1, null));
  const { state, told } = play(more, [1000, time]);
  assert.equal(state.failure?.kind, 'wrong_target');
  assert.match(state.failure!.reason, /no another to hit .* \(pause\)/);
  assert.equal(
    told.length,
    3,
    'what came before it is undone when the cluster is taken down, and nothing follows',
  );
});

test('a leader that an earlier fault has cost the cluster is waited for longer, though not beyond the lift', () => {
  const lost = (liftAtS: number | null, ...seen: [number, Seen][]) =>
    play(
      planOf(fault('leader', 1, null), fault('leader', 10, liftAtS)),
      [1000, time],
      [1100, leads(null)],
      ...seen,
    ).state;
  assert.equal(lost(null, [10_000 + LEADER_MS, time]).failure, null);
  assert.equal(lost(null, [9999 + NEXT_LEADER_MS, time]).failure, null);
  assert.equal(lost(null, [10_000 + NEXT_LEADER_MS, time]).failure?.kind, 'no_leader');
  assert.equal(lost(15, [14_999, time]).failure, null);
  assert.equal(lost(15, [15_000, time]).failure?.kind, 'no_leader');
  assert.deepEqual(hits(lost(15, [12_000, leads('raft2')], [12_001, time])), ['raft1', 'raft2']);
});

test('a leader that was never seen is not waited for as long as one that was lost', () => {
  const unseen = (ms: number) =>
    play(planOf(fault('leader', 1, null)), [1, leads(null)], [ms, time]).state.failure?.kind;
  assert.deepEqual([unseen(999 + LEADER_MS), unseen(1000 + LEADER_MS)], [undefined, 'no_leader']);
});

test('the node of the fault before is waited for until that is known', () => {
  const plan = planOf(fault('leader', 1, 20), fault('same', 1, 20));
  const { state } = play(plan, [1, leads(null)], [1000, time], [2000, leads('raft2')], [2001, time]);
  assert.deepEqual(hits(state), ['raft2', 'raft2']);
});

test('at the end all that is in force is lifted, and each node that was hit is started once', () => {
  const plan = planOf(fault('leader', 1, null), fault('follower', 1, null), fault('same', 1, 5));
  const { told } = play(
    plan,
    [1000, time],
    ...[0, 1, 2].map((i): [number, Seen] => [1001 + i, done('inject', i)]),
    [5000, time],
    [5001, done('lift', 2)],
    [100_000, time],
    [100_001, { see: 'done', did: { do: 'hand_over' }, done: false }],
    [100_002, done('lift', 0)],
    [100_003, done('lift', 1)],
    [100_004, done('recover', 2)],
    [100_005, { see: 'done', did: { do: 'restart', node: 'raft1' }, done: false }],
    [100_006, { see: 'done', did: { do: 'restart', node: 'raft2' }, done: true }],
  );
  assert.deepEqual(told.slice(-9), [
    '100001: do lift 0',
    ...['100002: fault_lifted 1 raft1', '100002: do lift 1'],
    '100003: fault_lifted 2 raft2',
    ...['100004: recovered 3 raft2', '100004: do restart'],
    '100005: do restart',
    ...['100006: node_started null raft2', '100006: do await_driver'],
  ]);
});

test('a fault whose node does not recover stays lifted, and the next is not kept back by it', () => {
  const { state, told } = play(
    planOf(fault('leader', 1, 2), fault('same', 5, 7)),
    [1000, time],
    [1001, done('inject', 0)],
    [2000, time],
    [2001, done('lift', 0)],
    [4000, done('recover', 0, false)],
    [5000, time],
  );
  assert.equal(state.faults[0]!.stage, 'lifted');
  assert.equal(told.at(-1), '5000: do inject 1');
  assert.ok(!told.some((one) => one.includes('recovered')));
});

test('a look at one fault is not one at another', () => {
  const plan = planOf(fault('leader', 1, 5), fault('follower', 1, 5));
  const { state, told } = play(
    plan,
    [1000, time],
    [1001, done('inject', 0)],
    [1002, done('inject', 1)],
    [5000, time],
    [5001, done('lift', 0)],
    [5002, frozen(0)],
    [5003, frozen(1)],
  );
  assert.deepEqual(
    state.faults.map(({ stage }) => stage),
    ['lifted', 'injected'],
    'both looks came too late',
  );
  assert.ok(!told.some((one) => one.includes('fault_confirmed')));
});
