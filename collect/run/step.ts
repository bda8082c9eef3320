import type { Failure } from '../../src/vocabulary/failures.js';
import { dueAt } from './due.js';
import { isConfirmed, measurementWords } from './evidence.js';
import { type Command, isOver, type Observation, type RunEvent, type RunState } from './state.js';

/** Longest waits, in ms: for the workload to begin, a leader to hit, the driver to end, and rows to be counted. */
export const START_MS = 60_000;
export const LEADER_MS = 3000;
export const END_MS = 60_000;
export const COUNT_MS = 30_000;
/** A clock set by more than this makes a run's times useless, in ms. */
export const CLOCK_STEP_MS = 50;
/** A leader first seen so soon after the start, in ms, led at the start: an answer takes as long to come and be believed. */
export const FIRST_LEADER_MS = 500;

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
  const { phase, plan, beganAt, endAt } = state;
  if (phase === 'prepared') {
    const reason = `the workload did not start within ${START_MS / 1000} s: a node did not join; logs/ has what each one said`;
    return fail(state, 'workload_not_started', reason);
  }
  if (phase === 'ending') return onEndingTime(state);
  if (at >= endAt!) return end(state, at);
  if (phase === 'workload') return inject(state, at);
  if (phase === 'injected' || phase === 'confirmed') {
    const liftAt = beganAt! + plan.fault!.liftAtS! * 1000;
    return at >= liftAt ? tell(state, { do: 'lift' }) : still(state);
  }
  return still(state);
}

function onEndingTime(state: RunState): Step {
  if (state.countSince !== null) {
    return fail(state, 'not_counted', 'no leader answered after the run: the rows could not be counted');
  }
  return fail(state, 'not_ended', `the driver did not end within ${END_MS / 1000} s of its time`);
}

function onBegin(state: RunState, at: number): Step {
  if (state.phase !== 'prepared') return still(state);
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
  if (state.phase !== 'ending') return end(state, at);
  return state.doing.includes('await_driver') ? next(finished(state, 'await_driver'), at) : still(state);
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
  if (state.phase !== 'injected' && state.phase !== 'confirmed') return still(state);
  const kept = measurements.length > 0 ? measurements : state.measurements;
  const after = { ...state, measurements: kept };
  const shown = kept.find(isConfirmed);
  // while the fault is being lifted, nothing more is measured of it
  const again: Command[] = state.doing.includes('lift') ? [] : [{ do: 'measure' }];
  if (state.phase === 'confirmed' || !shown) return telling(after, again);
  const words = measurementWords(shown);
  const events = [happened(at, 'fault_confirmed', state.target, words)];
  if (shown.metric === 'exit_code') events.push(happened(at, 'node_exited', state.target, words));
  return telling({ ...after, phase: 'confirmed' }, again, events);
}

function onDone(state: RunState, { did, done, value, at }: Extract<Observation, { see: 'done' }>): Step {
  switch (did) {
    case 'inject': {
      const kind = state.plan.fault!.kind;
      const events = [happened(at, 'fault_injected', state.target, kind)];
      return telling({ ...state, phase: 'injected' }, [{ do: 'measure' }], events);
    }
    case 'lift': {
      const planned = state.phase !== 'ending';
      const events = done
        ? [happened(at, 'fault_lifted', state.target, planned ? 'as planned' : 'end of the workload')]
        : [];
      if (!planned) return withEvents(next(state, at), events);
      return telling({ ...state, phase: 'lifted' }, [{ do: 'recover' }], events);
    }
    case 'recover': {
      const events = done ? [happened(at, 'recovered', state.target, 'it knows the leader')] : [];
      if (state.phase === 'ending') return withEvents(next(state, at), events);
      return telling({ ...state, phase: done ? 'recovered' : 'lifted' }, [], events);
    }
    case 'restart': {
      const events = done ? [happened(at, 'node_started', state.target)] : [];
      return withEvents(next(state, at), events);
    }
    case 'copy':
      if (value === 0) return fail(state, 'no_results', 'the driver left no results');
      return next(state, at);
    case 'count':
      return onCount(state, done ? value! : null, at);
    default:
      return next(state, at);
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

/** The workload's end: what is in force is lifted, and what is left to do is done, one after the other. */
function end(state: RunState, at: number): Step {
  const { phase, doing, target } = state;
  const inForce = phase === 'injected' || phase === 'confirmed' || doing.includes('inject');
  const toDo: Command['do'][] = ['hand_over'];
  if (inForce && !doing.includes('lift')) toDo.push('lift');
  if (doing.includes('recover')) toDo.push('recover');
  if (target) toDo.push('restart');
  toDo.push('await_driver', 'copy', 'count');
  return next({ ...state, phase: 'ending', toDo }, at);
}

/** Does the next of what is left. What is already being done is waited for. */
function next(state: RunState, at: number): Step {
  const [first, ...rest] = state.toDo;
  if (!first) return still(state);
  const after = { ...state, toDo: rest };
  if (first === 'await_driver' && state.driver) return next(after, at);
  if (first === 'copy') {
    return telling(after, [{ do: first }], [happened(at, 'workload_ended', state.plan.driver)]);
  }
  if (state.doing.includes(first)) return still(after);
  return tell(after, { do: first } as Command);
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
  return telling(state, [command]);
}

function telling(state: RunState, commands: readonly Command[], events: readonly RunEvent[] = []): Step {
  const fresh = commands.filter((command) => !state.doing.includes(command.do));
  const doing = [...state.doing, ...fresh.map((command) => command.do)];
  return { state: { ...state, doing }, commands: fresh, events };
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
