import { FIRST_LEADER_MS } from '../../src/vocabulary/events.js';
import { dueAt } from './due.js';
import { completed, end, onCount, onEndingTime } from './ending.js';
import { eventsOf, onFaultDone, onFaultTime, onMeasured } from './fault-steps.js';
import { CLOCK_STEP_MS, EARLY_MS, START_MS } from './limits.js';
import { FAILED_COMMANDS, fail, finished, happened, type Step, still, then, withEvents } from './moves.js';
import { isOver, type Observation, type RunState } from './state.js';

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
    case 'measured': {
      const { fault, measurements, at } = seen;
      return onMeasured(finished(before, { do: 'measure', fault }), fault, measurements, at);
    }
    case 'done':
      return onDone(finished(before, seen.did), seen);
    case 'failed':
      return fail(before, FAILED_COMMANDS[seen.did.do], seen.reason);
  }
}

function onTime(state: RunState, at: number): Step {
  const due = dueAt(state);
  if (due === null || at < due) return still(state);
  if (state.phase === 'prepared') {
    const reason = `the workload did not start within ${START_MS / 1000} s: a node did not join; logs/ has what each one said`;
    return fail(state, 'workload_not_started', reason);
  }
  if (state.phase === 'ending') return onEndingTime(state);
  if (at >= state.endAt!) return end(state, at);
  return state.faults.reduce(
    (before, _, fault) => then(before, (now) => onFaultTime(now, fault, at)),
    still(state),
  );
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
  return withEvents(still(after), [happened(at, 'workload_started', plan.driver)]);
}

function onLeader(state: RunState, node: string | null, at: number): Step {
  const soon = state.beganAt !== null && at - state.beganAt <= FIRST_LEADER_MS;
  const firstLeader = state.firstLeader ?? (soon ? node : null);
  const changed = happened(at, 'leader_changed', node, node ? null : 'no leader');
  return withEvents(still({ ...state, leader: node, firstLeader }), [changed]);
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
  return state.phase === 'ending' ? completed(state, { do: 'await_driver' }, at) : end(state, at);
}

function onDone(state: RunState, seen: Extract<Observation, { see: 'done' }>): Step {
  const { did, done, value, at } = seen;
  if (did.do === 'count') return onCount(state, done ? value! : null, at);
  if (did.do === 'copy' && value === 0) return fail(state, 'no_results', 'the driver left no results');
  const events = eventsOf(state, seen);
  if (state.phase === 'ending') return withEvents(completed(state, did, at), events);
  // everything else is done after the workload
  return 'fault' in did ? withEvents(onFaultDone(state, did, done), events) : still(state);
}
