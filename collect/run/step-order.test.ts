import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LEADER_MS, STUCK_MS } from './limits.js';
import { type Command, type Observation, prepared, type RunPlan, type RunState } from './state.js';
import { step } from './step.js';

const plan: RunPlan = {
  nodes: ['raft1', 'raft2', 'raft3'],
  roles: ['voter', 'voter', 'voter'],
  driver: 'raft2',
  durationS: 10,
  faults: [{ kind: 'pause', target: 'leader', severity: null, unit: null, injectAtS: 2, liftAtS: 6 }],
};

type Seen = Observation extends infer O ? (O extends Observation ? Omit<O, 'at'> : never) : never;

/** Plays observations, each at its instant in ms; what was told and recorded comes as `at: what`. */
function play(...seen: [at: number, seen: Seen][]): { state: RunState; told: string[] } {
  let state = prepared(plan, 0);
  const told: string[] = [];
  for (const [at, what] of seen) {
    const result = step(state, { ...what, at } as Observation);
    state = result.state;
    told.push(...result.events.map(({ event, detail }) => `${at}: ${event}${detail ? ` (${detail})` : ''}`));
    told.push(...result.commands.map((command) => `${at}: do ${command.do}`));
  }
  return { state, told };
}

/** A command for the only fault. */
const commandOf = (what: Command['do']): Command => {
  if (['inject', 'measure', 'lift', 'recover'].includes(what)) return { do: what, fault: 0 } as Command;
  return (what === 'restart' ? { do: what, node: 'raft1' } : { do: what }) as Command;
};
const time: Seen = { see: 'time' };
const done = (did: Command['do'], value?: number): Seen => ({
  see: 'done',
  did: commandOf(did),
  done: true,
  ...(value === undefined ? {} : { value }),
});
const cpu = (during: number): Seen => ({
  see: 'measured',
  fault: 0,
  measurements: [{ metric: 'cpu_time', node: 'raft1', before: null, during, threshold: 0 }],
});
const begin: [number, Seen][] = [
  [0, { see: 'leader', node: 'raft1' }],
  [0, { see: 'began' }],
];

test('a fault that takes until the end to inject is lifted once it is there', () => {
  const { state, told } = play(
    ...begin,
    [2000, time],
    [10_000, time],
    [10_010, done('hand_over')],
    [10_500, done('inject')],
    [10_600, done('lift')],
  );
  assert.deepEqual(told.slice(2), [
    '2000: do inject',
    '10000: do hand_over',
    '10500: fault_injected (pause)',
    '10500: do lift',
    '10600: fault_lifted (end of the workload)',
    '10600: do restart',
  ]);
  assert.equal(state.phase, 'ending');
});

test('a lift that takes until the end is waited for, and leadership is handed over meanwhile', () => {
  const { told } = play(
    ...begin,
    [2000, time],
    [2001, done('inject')],
    [6000, time],
    [10_000, time],
    [10_001, done('lift')],
    [10_010, done('hand_over')],
  );
  assert.deepEqual(told.slice(5), [
    '6000: do lift',
    '10000: do hand_over',
    '10001: fault_lifted (end of the workload)',
    '10010: do restart',
  ]);
});

test('a look that comes while the fault is being lifted does not take its evidence away', () => {
  const { state, told } = play(
    ...begin,
    [2000, time],
    [2001, done('inject')],
    [2200, cpu(0)],
    [6000, time],
    [6010, cpu(5e6)],
    [6020, done('lift')],
    [6030, cpu(9e6)],
  );
  assert.deepEqual(told.slice(5), [
    '2200: fault_confirmed (raft1: CPU time that the node used between two looks: 0 ns)',
    '2200: do measure',
    '6000: do lift',
    '6020: fault_lifted (as planned)',
    '6020: do recover',
  ]);
  assert.equal(state.faults[0]?.measurements[0]?.during, 0);
});

test('a step is done once, however often its time has come, and whatever happens meanwhile', () => {
  const { told, state } = play(
    ...begin,
    [2000, time],
    [2005, time],
    [2006, { see: 'leader', node: null }],
    [2000 + LEADER_MS, time],
    [5500, { see: 'leader', node: 'raft3' }],
    [5505, time],
  );
  assert.deepEqual(told.slice(2), [
    '2000: do inject',
    '2006: leader_changed (no leader)',
    '5500: leader_changed',
  ]);
  assert.deepEqual([state.phase, state.faults[0]!.target], ['workload', 'raft1']);
});

test('a run that is over does not move any more', () => {
  const { state } = play(...begin, [100, { see: 'failed', did: { do: 'count' }, reason: 'gone' }]);
  assert.deepEqual(step(state, { see: 'began', at: 200 }), { state, commands: [], events: [] });
});

test('a driver that has ended before its turn comes is not waited for', () => {
  const end = { code: 0, killedForMemory: false, lastWords: '' };
  const { told } = play(...begin, [9900, { see: 'driver_ended', end }], [9950, done('hand_over')]);
  assert.deepEqual(told.slice(2), ['9900: do hand_over', '9950: workload_ended', '9950: do copy']);
});

test('what never comes to an end fails the run, whatever it is', () => {
  const toLift = [...begin, [2000, time], [2001, done('inject')], [6000, time], [10_000, time]] as const;
  const handedOver = [...toLift, [10_010, done('hand_over')]] as [number, Seen][];
  assert.equal(play(...handedOver, [10_000 + STUCK_MS - 1, time]).state.phase, 'ending');
  const { failure } = play(...handedOver, [10_000 + STUCK_MS, time]).state;
  assert.deepEqual(failure, {
    kind: 'lift_failed',
    reason: 'lift had not come to an end 180 s after the workload',
  });
});
