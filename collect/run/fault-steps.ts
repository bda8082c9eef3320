import { FAULTS } from '../../src/vocabulary/faults.js';
import type { Measurement } from '../faults/parts/fault.js';
import { faultDueAt } from './due.js';
import { isConfirmed, measurementWords } from './evidence.js';
import { LEADER_MS, NEXT_LEADER_MS } from './limits.js';
import { fail, happened, isDoing, type Step, still, tell, withEvents } from './moves.js';
import type { Command, FaultState, Observation, RunEvent, RunState } from './state.js';
import { whoIsHit } from './targets.js';

/** What time alone does to a fault while the workload lasts: it is injected, and lifted. */
export function onFaultTime(state: RunState, fault: number, at: number): Step {
  const due = faultDueAt(state, fault);
  if (due === null || at < due) return still(state);
  return state.faults[fault]!.stage === 'planned'
    ? inject(state, fault, at)
    : tell(state, { do: 'lift', fault });
}

function inject(state: RunState, fault: number, at: number): Step {
  const { plan, beganAt } = state;
  const { kind, target, injectAtS, liftAtS } = plan.faults[fault]!;
  const choice = whoIsHit(state, fault);
  if (choice === 'nobody') {
    return fail(
      state,
      'wrong_target',
      `there was no ${target} to hit when the fault was to be injected (${kind})`,
    );
  }
  if (choice === 'wait') {
    const patience = state.faults.some((one) => one.target !== null) ? NEXT_LEADER_MS : LEADER_MS;
    const until = Math.min(injectAtS * 1000 + patience, (liftAtS ?? Number.POSITIVE_INFINITY) * 1000);
    if (at < beganAt! + until) return still(state);
    return fail(state, 'no_leader', `there was no leader when the fault was to be injected (${kind})`);
  }
  const { node } = choice;
  if (node === plan.driver && FAULTS[kind].unavailable) {
    const reason = `the driver (${node}) had become the leader, which ${kind} was to hit`;
    return fail(state, 'wrong_target', reason);
  }
  return tell(changed(state, fault, { target: node }), { do: 'inject', fault, node });
}

/** Whether there is a fault to be looked at: one that is being lifted may be gone already. */
export function isInForce(state: RunState, fault: number): boolean {
  const { stage } = state.faults[fault]!;
  const isThere = state.phase === 'workload' && (stage === 'injected' || stage === 'confirmed');
  return isThere && !isDoing(state, { do: 'lift', fault });
}

export function onMeasured(
  state: RunState,
  fault: number,
  measurements: readonly Measurement[],
  at: number,
): Step {
  if (!isInForce(state, fault)) return still(state);
  const { stage, target, measurements: before } = state.faults[fault]!;
  const kept = measurements.length > 0 ? measurements : before;
  const after = changed(state, fault, { measurements: kept });
  const shown = kept.find(isConfirmed);
  if (stage === 'confirmed' || !shown) return tell(after, { do: 'measure', fault });
  const words = measurementWords(shown);
  const events = [happened(at, 'fault_confirmed', target, words, fault)];
  if (shown.metric === 'exit_code') events.push(happened(at, 'node_exited', target, words, fault));
  return withEvents(tell(changed(after, fault, { stage: 'confirmed' }), { do: 'measure', fault }), events);
}

/** What was done to a fault while the workload lasts. */
export function onFaultDone(state: RunState, did: Extract<Command, { fault: number }>, done: boolean): Step {
  const { fault } = did;
  switch (did.do) {
    case 'inject':
      return tell(changed(state, fault, { stage: 'injected' }), { do: 'measure', fault });
    case 'lift': {
      const lifted = changed(state, fault, { stage: 'lifted' });
      // a node that has ended does not recover before it is started again
      return done ? tell(lifted, { do: 'recover', fault }) : still(lifted);
    }
    default:
      return still(changed(state, fault, { stage: done ? 'recovered' : 'lifted' }));
  }
}

/** What is recorded of something that was done. */
export function eventsOf(
  state: RunState,
  { did, done, at, how }: Extract<Observation, { see: 'done' }>,
): RunEvent[] {
  if (!done) return [];
  if (did.do === 'restart') return [happened(at, 'node_started', did.node)];
  if (!('fault' in did)) return [];
  const { fault } = did;
  const { target } = state.faults[fault]!;
  const { kind } = state.plan.faults[fault]!;
  switch (did.do) {
    case 'inject':
      return [happened(at, 'fault_injected', target, how ? `${kind} ${how}` : kind, fault)];
    case 'lift': {
      const when = at < state.endAt! ? 'as planned' : 'end of the workload';
      return [happened(at, 'fault_lifted', target, when, fault)];
    }
    case 'recover':
      return [happened(at, 'recovered', target, 'it knows the leader', fault)];
    default:
      return [];
  }
}

function changed(state: RunState, fault: number, to: Partial<FaultState>): RunState {
  return { ...state, faults: state.faults.map((one, i) => (i === fault ? { ...one, ...to } : one)) };
}
