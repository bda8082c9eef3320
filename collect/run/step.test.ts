import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIRST_LEADER_MS } from '../../src/vocabulary/events.js';
import type { Measurement } from '../faults/parts/fault.js';
import type { PlannedFault } from '../plan.js';
import { dueAt } from './due.js';
import { findingsOf } from './findings.js';
import { CLOCK_STEP_MS, COUNT_MS, EARLY_MS, END_MS, LEADER_MS, START_MS } from './limits.js';
import { type Command, type Observation, prepared, type RunPlan, type RunState } from './state.js';
import { step } from './step.js';

const UP = 1000;
const BEGAN = 2000;
const crash: PlannedFault = {
  kind: 'crash',
  target: 'leader',
  severity: null,
  unit: null,
  injectAtS: 2,
  liftAtS: 5,
};
const plan = (fault: PlannedFault | null = crash, more: Partial<RunPlan> = {}): RunPlan => ({
  nodes: ['raft1', 'raft2', 'raft3'],
  roles: ['voter', 'voter', 'voter'],
  driver: 'raft2',
  durationS: 10,
  faults: fault ? [fault] : [],
  ...more,
});
const gone: Measurement = { metric: 'exit_code', node: 'raft1', before: null, during: 137, threshold: 0 };
const END = BEGAN + 10_000;

/** An observation without its instant, which grows by 1 ms each. */
type Seen = Omit<Extract<Observation, { see: 'time' }>, 'at'> | { see: string };
/** A command for the only fault. */
const commandOf = (what: string): Command => {
  if (['inject', 'measure', 'lift', 'recover'].includes(what)) return { do: what, fault: 0 } as Command;
  return (what === 'restart' ? { do: what, node: 'raft1' } : { do: what }) as Command;
};
const at = (ms: number): Observation => ({ see: 'time', at: ms });
const done = (did: string, value?: number, isDone = true) =>
  ({ see: 'done', did: commandOf(did), done: isDone, value }) as Seen;
const failed = (did: string, reason = 'the engine is gone') =>
  ({ see: 'failed', did: commandOf(did), reason }) as Seen;
const leads = (node: string | null) => ({ see: 'leader', node }) as Seen;
const began = { ...at(BEGAN), see: 'began' } as Observation;
const ended = (code: number, killedForMemory = false) =>
  ({ see: 'driver_ended', end: { code, killedForMemory, lastWords: 'Error: no' } }) as Seen;
const measured = (...measurements: Measurement[]) => ({ see: 'measured', fault: 0, measurements }) as Seen;

/** Plays observations one after the other; those without an instant follow the one before by 1 ms. */
function play(of: RunPlan, ...seen: (Observation | Seen)[]) {
  let state = prepared(of, UP);
  let now = UP;
  const told: string[] = [];
  const events: string[] = [];
  for (const one of seen) {
    now = 'at' in one ? (one.at as number) : now + 1;
    const next = step(state, { ...one, at: now } as Observation);
    state = next.state;
    told.push(...next.commands.map((command) => command.do));
    events.push(...next.events.map(({ event, node }) => (node ? `${event} ${node}` : event)));
  }
  return { state, told, events };
}

/** From the start until the leader was injected with the fault. */
const hit = [leads('raft1'), began, at(BEGAN + 2000), done('inject')];
const confirmed = [...hit, measured(), measured(gone)];
const lifted = [...confirmed, at(BEGAN + 5000), done('lift')];
const recovered = [...lifted, leads('raft3'), done('recover')];
const closing = [
  ...recovered,
  at(END),
  done('hand_over', undefined, false),
  done('restart', undefined, false),
];
const counted = [...closing, ended(0), done('copy', 8), done('count', 12), done('count', 12)];

test('a run goes through all its phases, in their order', () => {
  const phases: string[] = [];
  counted.forEach((_, i) => {
    const { state } = play(plan(), ...counted.slice(0, i + 1));
    const { stage } = state.faults[0]!;
    const phase = state.phase === 'workload' && stage !== 'planned' ? stage : state.phase;
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  assert.deepEqual(phases, [
    'prepared',
    'workload',
    'injected',
    'confirmed',
    'lifted',
    'recovered',
    'ending',
    'counted',
  ]);
  const { told, events, state } = play(plan(), ...counted);
  assert.deepEqual(told, [
    'inject',
    ...['measure', 'measure', 'measure'],
    ...['lift', 'recover', 'hand_over', 'restart', 'await_driver', 'copy', 'count', 'count'],
  ]);
  assert.deepEqual(events, [
    'leader_changed raft1',
    'workload_started raft2',
    'fault_injected raft1',
    'fault_confirmed raft1',
    'node_exited raft1',
    'fault_lifted raft1',
    'leader_changed raft3',
    'recovered raft1',
    'workload_ended raft2',
    'count_taken raft3',
  ]);
  const { status, target_node, driver_role, fault_confirmed, rows_found } = findingsOf(state, 'follower', 0);
  assert.deepEqual([status, target_node, driver_role], ['complete', 'raft1', 'follower']);
  assert.deepEqual([fault_confirmed, rows_found], [true, 12]);
});

/** Each way to fail: from where, by what, and as what. */
const failures: Record<string, [seen: (Observation | Seen)[], kind: string, of?: RunPlan]> = {
  'the workload never begins': [[at(UP + START_MS)], 'workload_not_started'],
  'the driver ends before it begins': [[ended(0)], 'driver_failed'],
  'the driver is killed before it begins': [[ended(137, true)], 'killed_for_memory'],
  'there is no leader to hit': [[began, at(BEGAN + 2000 + LEADER_MS)], 'no_leader'],
  'the driver leads, and would be taken away': [[leads('raft2'), began, at(BEGAN + 2000)], 'wrong_target'],
  'there is no follower but the driver': [
    [leads('raft1'), began, at(BEGAN + 2000)],
    'wrong_target',
    plan({ ...crash, target: 'follower' }, { nodes: ['raft1', 'raft2'] }),
  ],
  'the fault cannot be injected': [
    [leads('raft1'), began, at(BEGAN + 2000), failed('inject')],
    'inject_failed',
  ],
  'the driver ends with an error while a fault is there': [[...hit, ended(1)], 'driver_failed'],
  'the driver is killed for memory by its fault': [[...confirmed, ended(137, true)], 'killed_for_memory'],
  'the lift fails': [[...confirmed, at(BEGAN + 5000), failed('lift')], 'lift_failed'],
  'the lift at the end fails': [
    [...confirmed, at(END), done('hand_over'), failed('lift')],
    'lift_failed',
    plan({ ...crash, liftAtS: null }),
  ],
  'the engine is gone while it recovers': [[...lifted, failed('recover')], 'engine_failed'],
  'a node cannot be started again': [
    [...recovered, at(END), done('hand_over'), failed('restart')],
    'lift_failed',
  ],
  'the driver does not end': [[...closing, at(END + END_MS)], 'not_ended'],
  'the driver ends with an error at last': [[...closing, ended(2)], 'driver_failed'],
  'the driver leaves no results': [[...closing, ended(0), done('copy', 0)], 'no_results'],
  'results cannot be copied': [[...closing, ended(0), failed('copy')], 'no_results'],
  'no leader answers when rows are counted': [
    [...closing, ended(0), done('copy', 8), done('count', undefined, false), at(END + END_MS + COUNT_MS)],
    'not_counted',
  ],
  'the clock is set': [[...recovered, { see: 'clock_set', byMs: -80 } as Seen], 'clock_stepped'],
};

for (const [name, [seen, kind, of = plan()]] of Object.entries(failures)) {
  test(`${name}: the run fails as ${kind}`, () => {
    const { state } = play(of, ...seen);
    assert.deepEqual([state.phase, state.failure?.kind], ['failed', kind]);
    const found = findingsOf(state, 'follower', null);
    assert.deepEqual([found.status, found.failure], ['failed', kind]);
    assert.ok(found.status_reason);
    assert.equal(step(state, at(END * 2)).state, state, 'what has failed stays as it is');
  });
}

test('a clock that is set by less than can be seen is no failure', () => {
  const set = (byMs: number) => play(plan(), began, { see: 'clock_set', byMs } as Seen).state.phase;
  assert.deepEqual([set(CLOCK_STEP_MS), set(-CLOCK_STEP_MS)], ['workload', 'workload']);
  assert.equal(set(CLOCK_STEP_MS + 1), 'failed');
});

test('a fault without evidence is not confirmed, and the run goes on to its end', () => {
  const seen = [...hit, measured(), at(BEGAN + 5000), done('lift'), done('recover'), ...counted.slice(-7)];
  const { state, events } = play(plan(), ...seen.slice(0, -7), at(END), ...counted.slice(-6));
  assert.equal(state.phase, 'counted');
  assert.equal(findingsOf(state, 'follower', 0).fault_confirmed, false);
  assert.ok(!events.includes('fault_confirmed raft1'));
});

test('what is measured last decides: a limit that only met the first moment is not confirmed', () => {
  const share = (during: number): Measurement => ({
    ...{ metric: 'throttled_share', node: 'raft1', before: null, during, threshold: 0.05 },
  });
  const limit = { ...crash, kind: 'cpu-limit', severity: 0.25, unit: 'cpus' } as const;
  const { state } = play(plan(limit), ...hit, measured(share(0.4)), measured(share(0.01)));
  assert.equal(state.faults[0]!.stage, 'confirmed');
  assert.equal(findingsOf(state, 'follower', 0).fault_confirmed, false);
  const blind = play(plan(limit), ...hit, measured(share(0.4)), measured());
  assert.equal(
    findingsOf(blind.state, 'follower', 0).fault_confirmed,
    true,
    'a look that saw nothing is none',
  );
});

test('a fault that waits for a leader hits the first that is seen', () => {
  const waiting = play(plan(), began, at(BEGAN + 2000), at(BEGAN + 2500));
  assert.deepEqual(waiting.told, []);
  const { told, state } = play(plan(), began, at(BEGAN + 2000), leads('raft3'), at(BEGAN + 2600));
  assert.deepEqual([told, state.faults[0]!.target], [['inject'], 'raft3']);
});

test('a fault of a follower hits one that is not the driver', () => {
  const { state } = play(plan({ ...crash, target: 'follower' }), leads('raft1'), began, at(BEGAN + 2000));
  assert.equal(state.faults[0]!.target, 'raft3');
});

test('a fault that is never lifted is lifted at the end, after leadership was handed over', () => {
  const { told, events } = play(
    plan({ ...crash, liftAtS: null }),
    ...confirmed,
    at(END),
    done('hand_over'),
    done('lift'),
  );
  assert.deepEqual(told.slice(-3), ['hand_over', 'lift', 'restart']);
  assert.ok(events.includes('fault_lifted raft1'));
});

test('the limits of a node that the fault has killed are not said to have been lifted', () => {
  const { events, told, state } = play(
    plan(),
    ...confirmed,
    at(BEGAN + 5000),
    done('lift', undefined, false),
  );
  assert.ok(!told.includes('recover'), 'nor is it waited for');
  assert.ok(!events.includes('fault_lifted raft1'));
  assert.equal(state.faults[0]!.stage, 'lifted');
});

test('at its end a run waits for what is still being lifted or recovers', () => {
  const lifting = play(plan(), ...confirmed, at(BEGAN + 5000), at(END), done('hand_over'));
  assert.deepEqual(lifting.told.slice(-1), ['hand_over']);
  const recovering = play(plan(), ...lifted, at(END), done('hand_over'));
  assert.ok(!recovering.told.slice(-1).includes('restart'));
  assert.deepEqual(play(plan(), ...lifted, at(END), done('hand_over'), done('recover')).told.slice(-1), [
    'restart',
  ]);
});

test('a driver that ends a moment early ends the workload, and is not waited for', () => {
  const early = { ...at(END - 500), ...ended(0) } as Observation;
  const { told, state } = play(plan(), ...recovered, early, done('hand_over'), done('restart'));
  assert.deepEqual(told.slice(-3), ['hand_over', 'restart', 'copy']);
  assert.equal(state.phase, 'ending');
  const endsAt = (ms: number) => play(plan(), began, { ...at(ms), ...ended(0) } as Observation).state.phase;
  assert.deepEqual([endsAt(END - EARLY_MS), endsAt(END - EARLY_MS - 1)], ['ending', 'failed']);
});

test('rows are believed once two counts in a row agree', () => {
  const counts = (...rows: number[]) =>
    play(plan(), ...closing, ended(0), done('copy', 8), ...rows.map((n) => done('count', n)));
  assert.equal(counts(9, 10, 12).state.phase, 'ending');
  const { state } = counts(9, 10, 12, 12);
  assert.deepEqual([state.phase, state.rows], ['counted', 12]);
  const gap = play(
    plan(),
    ...closing,
    ended(0),
    done('copy', 8),
    done('count', 9),
    done('count', 0, false),
    done('count', 9),
  );
  assert.equal(gap.state.phase, 'ending', 'a leader that was gone in between may have another count');
});

test('a leader that is first seen a moment after the start led at the start; a later one did not', () => {
  const role = (...seen: (Observation | Seen)[]) =>
    findingsOf(play(plan(), ...seen).state, 'leader', 0).driver_role;
  const soon = { ...at(BEGAN + FIRST_LEADER_MS), ...leads('raft1') } as Observation;
  assert.equal(role(began, soon), 'follower');
  assert.equal(role(leads('raft1'), began, leads('raft2')), 'follower');
  assert.equal(
    role(began, { ...at(BEGAN + FIRST_LEADER_MS + 1), ...leads('raft1') } as Observation),
    'leader',
    'as it was planned',
  );
});

test('a run is due when its next instant comes', () => {
  const due = (...seen: (Observation | Seen)[]) => dueAt(play(plan(), ...seen).state);
  assert.equal(due(), UP + START_MS);
  assert.equal(due(began), BEGAN + 2000);
  assert.equal(due(...hit), BEGAN + 5000);
  assert.equal(due(...lifted), END);
  assert.equal(due(...closing), END + END_MS);
  assert.equal(due(...counted), null);
  const none: RunState = play(plan(null), began).state;
  assert.equal(dueAt(none), END);
});
