import type { Failure } from '../../src/vocabulary/failures.js';
import { dueAt } from './due.js';
import { isConfirmed, measurementWords } from './evidence.js';
import { type Command, isOver, type Observation, type RunEvent, type RunState } from './state.js';

/** Longest waits, in ms: for the workload to begin, a leader to hit, the driver to end, and rows to be counted. */
export const START_MS = 60_000;
export const LEADER_MS = 3000;
export const END_MS = 60_000;
export const COUNT_MS = 30_000;
/** What has not been done so long after the end of the workload will never be, in ms. */
export const STUCK_MS = 180_000;
/** A driver that ends up to so much before its time has ended in time: its start is seen a moment late, in ms. */
export const EARLY_MS = 2000;
/** A clock set by more than this makes a run's times useless, in ms. */
export const CLOCK_STEP_MS = 50;
/** A leader first seen so soon after the start, in ms, led at the start: an answer takes as long to come and be believed. */
export const FIRST_LEADER_MS = 400;

export interface Step {
  readonly state: RunState;
  readonly commands: readonly Command[];
  readonly events: readonly RunEvent[];
}

/** What follows from an observation: pure, so that every turn a run can take is tested without a cluster. */
export function step(before: RunState, seen: Observation): Step {
  if (isOver(before)) return still(before);
  switch (seen.see) {
    case 'time':
      return onTime(before, seen.at);
    case 'began':
      return onBegin(before, seen.at);
    case 'leader':
      return onLeader(before, seen.node, seen.at);
    case 'driver_ended':
      return onDriverEnd({ ...before, driver: seen.end }, seen.at);
    case 'clock_set':
      if (Math.abs(seen.byMs) <= CLOCK_STEP_MS) return still(before);
      return fail(
        before,
        'clock_stepped',
        `the system's clock was set by ${seen.byMs.toFixed(0)} ms during the run`,
      );
    case 'measured':
      return onMeasured(finished(before, 'measure'), seen.measurements, seen.at);
    case 'done':
      return onDone(finished(before, seen.did), seen);
    case 'failed':
      return fail(before, FAILED_COMMANDS[seen.did], seen.reason);
  }
}

const FAILED_COMMANDS: Record<Command['do'], Failure> = {
  inject: 'inject_failed',
  measure: 'engine_failed',
  lift: 'lift_failed',
  recover: 'engine_failed',
  hand_over: 'engine_failed',
  restart: 'lift_failed',
  await_driver: 'engine_failed',
  copy: 'no_results',
  count: 'engine_failed',
};

function onTime(state: RunState, at: number): Step {
  const due = dueAt(state);
  if (due === null || at < due) return still(state);
  const { phase, endAt } = state;
  if (phase === 'prepared') {
    const reason = `the workload did not start within ${START_MS / 1000} s: a node did not join; logs/ has what each one said`;
    return fail(state, 'workload_not_started', reason);
  }
  if (phase === 'ending') return onEndingTime(state);
  if (at >= endAt!) return end(state, at);
  return phase === 'workload' ? inject(state, at) : tell(state, { do: 'lift' });
}

function onEndingTime(state: RunState): Step {
  if (state.countSince !== null) {
    return fail(state, 'not_counted', 'no leader answered after the run: the rows could not be counted');
  }
  const [doing = 'count'] = state.toDo;
  if (doing !== 'await_driver') {
    const reason = `${doing} had not come to an end ${STUCK_MS / 1000} s after the workload`;
    return fail(state, FAILED_COMMANDS[doing], reason);
  }
  return fail(state, 'not_ended', `the driver did not end within ${END_MS / 1000} s of its time`);
}

function onBegin(state: RunState, at: number): Step {
  const { plan, leader } = state;
  const after: RunState = {
    ...state,
    phase: 'workload',
    beganAt: at,
    endAt: at + plan.durationS * 1000,
    firstLeader: leader,
  };
  return { state: after, commands: [], events: [happened(at, 'workload_started', plan.driver)] };
}

function onLeader(state: RunState, node: string | null, at: number): Step {
  const soon = state.beganAt !== null && at - state.beganAt <= FIRST_LEADER_MS;
  const firstLeader = state.firstLeader ?? (soon ? node : null);
  const after = { ...state, leader: node, firstLeader };
  const changed = happened(at, 'leader_changed', node, node ? null : 'no leader');
  return { state: after, commands: [], events: [changed] };
}

function onDriverEnd(state: RunState, at: number): Step {
  const { code, killedForMemory, lastWords } = state.driver!;
  const driver = `the driver (${state.plan.driver})`;
  if (killedForMemory) return fail(state, 'killed_for_memory', `${driver} was killed for memory`);
  if (code !== 0)
    return fail(state, 'driver_failed', `${driver} ended with ${code}, its log says: ${lastWords}`);
  if (state.phase === 'prepared') {
    return fail(state, 'driver_failed', `${driver} ended before it began, its log says: ${lastWords}`);
  }
  const earlyMs = state.endAt! - at;
  if (earlyMs > EARLY_MS) {
    return fail(state, 'driver_failed', `${driver} ended ${(earlyMs / 1000).toFixed(1)} s before its time`);
  }
  return state.phase === 'ending' ? completed(state, 'await_driver', at) : end(state, at);
}

/** Whoever leads now is hit, or the first follower that is not the driver. */
function inject(state: RunState, at: number): Step {
  const { plan, leader, beganAt } = state;
  const fault = plan.fault!;
  if (state.doing.includes('inject')) return still(state);
  if (!leader) {
    if (at < beganAt! + fault.injectAtS * 1000 + LEADER_MS) return still(state);
    return fail(state, 'no_leader', 'there was no leader when the fault was to be injected');
  }
  const follower = plan.nodes.find((node) => node !== leader && node !== plan.driver);
  const node = fault.target === 'leader' ? leader : follower;
  if (!node)
    return fail(state, 'wrong_target', 'there was no follower to hit when the fault was to be injected');
  if (node === plan.driver && plan.unavailable) {
    const reason = `the driver (${node}) had become the leader, which ${fault.kind} was to hit`;
    return fail(state, 'wrong_target', reason);
  }
  return tell({ ...state, target: node }, { do: 'inject', node });
}

function onMeasured(state: RunState, measurements: RunState['measurements'], at: number): Step {
  // a look while the fault is being lifted may have come too late to see it
  if ((state.phase !== 'injected' && state.phase !== 'confirmed') || state.doing.includes('lift')) {
    return still(state);
  }
  const kept = measurements.length > 0 ? measurements : state.measurements;
  const after = { ...state, measurements: kept };
  const shown = kept.find(isConfirmed);
  if (state.phase === 'confirmed' || !shown) return tell(after, { do: 'measure' });
  const words = measurementWords(shown);
  const events = [happened(at, 'fault_confirmed', state.target, words)];
  if (shown.metric === 'exit_code') events.push(happened(at, 'node_exited', state.target, words));
  return withEvents(tell({ ...after, phase: 'confirmed' }, { do: 'measure' }), events);
}

function onDone(state: RunState, { did, done, value, at }: Extract<Observation, { see: 'done' }>): Step {
  if (did === 'count') return onCount(state, done ? value! : null, at);
  if (did === 'copy' && value === 0) return fail(state, 'no_results', 'the driver left no results');
  const event = done ? eventOf(state, did, at) : [];
  if (state.phase === 'ending') return withEvents(completed(state, did, at), event);
  switch (did) {
    case 'inject':
      return withEvents(tell({ ...state, phase: 'injected' }, { do: 'measure' }), event);
    case 'lift':
      // a node that has ended does not recover before it is started again
      if (!done) return still({ ...state, phase: 'lifted' });
      return withEvents(tell({ ...state, phase: 'lifted' }, { do: 'recover' }), event);
    default:
      // recover: everything else is done after the workload
      return withEvents(still({ ...state, phase: done ? 'recovered' : 'lifted' }), event);
  }
}

/** What is recorded of something that was done. */
function eventOf(state: RunState, did: Command['do'], at: number): RunEvent[] {
  const { target, plan, endAt } = state;
  switch (did) {
    case 'inject':
      return [happened(at, 'fault_injected', target, plan.fault!.kind)];
    case 'lift':
      return [happened(at, 'fault_lifted', target, at < endAt! ? 'as planned' : 'end of the workload')];
    case 'recover':
      return [happened(at, 'recovered', target, 'it knows the leader')];
    case 'restart':
      return [happened(at, 'node_started', target)];
    default:
      return [];
  }
}

/** Rows are believed once two counts in a row agree. */
function onCount(state: RunState, rows: number | null, at: number): Step {
  const since = state.countSince ?? at;
  const counts = rows === null ? [] : [...state.counts, rows].slice(-2);
  const after = { ...state, countSince: since, counts };
  if (counts.length < 2 || counts[0] !== counts[1]) return tell(after, { do: 'count' });
  const taken = happened(at, 'count_taken', state.leader, `${rows} rows`);
  return { state: { ...after, phase: 'counted', rows }, commands: [], events: [taken] };
}

/**
 * The workload's end: what is in force is lifted, and what is left to do is done, one after the other. What is being done
 * already is waited for when its turn comes.
 */
function end(state: RunState, at: number): Step {
  const { phase, doing, target } = state;
  const injecting = doing.includes('inject');
  const inForce = injecting || phase === 'injected' || phase === 'confirmed';
  const toDo: Command['do'][] = [
    'hand_over',
    ...(injecting ? (['inject'] as const) : []),
    ...(inForce ? (['lift'] as const) : []),
    ...(doing.includes('recover') ? (['recover'] as const) : []),
    ...(target ? (['restart'] as const) : []),
    'await_driver',
    'copy',
    // what the client recorded says more than a number of rows
    ...(state.plan.nodes.includes(state.plan.driver) ? (['count'] as const) : []),
  ];
  return next({ ...state, phase: 'ending', toDo }, at);
}

/** Takes from what is left to do what was done; where it was that one's turn, the next one's has come. */
function completed(state: RunState, did: Command['do'], at: number): Step {
  const after = { ...finished(state, did), toDo: state.toDo.filter((one) => one !== did) };
  return state.toDo[0] === did ? next(after, at) : still(after);
}

/** Does the first of what is left, unless it is being done. The last, counting, is never taken from it. */
function next(state: RunState, at: number): Step {
  const [first] = state.toDo;
  if (first === undefined) return still({ ...state, phase: 'counted' });
  if (first === 'await_driver' && state.driver) return completed(state, first, at);
  const ended = first === 'copy' ? [happened(at, 'workload_ended', state.plan.driver)] : [];
  return withEvents(tell(state, { do: first } as Command), ended);
}

function fail(state: RunState, kind: Failure, reason: string): Step {
  return { state: { ...state, phase: 'failed', failure: { kind, reason } }, commands: [], events: [] };
}

function finished(state: RunState, did: Command['do']): RunState {
  return { ...state, doing: state.doing.filter((one) => one !== did) };
}

function still(state: RunState): Step {
  return { state, commands: [], events: [] };
}

function tell(state: RunState, command: Command): Step {
  if (state.doing.includes(command.do)) return still(state);
  return { state: { ...state, doing: [...state.doing, command.do] }, commands: [command], events: [] };
}

function withEvents(result: Step, events: readonly RunEvent[]): Step {
  return { ...result, events: [...events, ...result.events] };
}

function happened(
  at: number,
  event: RunEvent['event'],
  node: string | null,
  detail: string | null = null,
): RunEvent {
  return { at, event, node, detail };
}
