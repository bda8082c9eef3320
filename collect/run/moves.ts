import type { Failure } from '../../src/vocabulary/failures.js';
import { type Command, isOver, isSame, type RunEvent, type RunState } from './state.js';

/** What an observation leads to: the state after it, what is to be done, and what is to be recorded. */
export interface Step {
  readonly state: RunState;
  readonly commands: readonly Command[];
  readonly events: readonly RunEvent[];
}

export function still(state: RunState): Step {
  return { state, commands: [], events: [] };
}

/** One step after another, as one; nothing follows where the run is over. */
export function then(first: Step, next: (state: RunState) => Step): Step {
  if (isOver(first.state)) return first;
  const second = next(first.state);
  return {
    state: second.state,
    commands: [...first.commands, ...second.commands],
    events: [...first.events, ...second.events],
  };
}

/** Has something done, unless it is being done. */
export function tell(state: RunState, command: Command): Step {
  if (isDoing(state, command)) return still(state);
  return { state: { ...state, doing: [...state.doing, command] }, commands: [command], events: [] };
}

export function isDoing({ doing }: RunState, command: Command): boolean {
  return doing.some((one) => isSame(one, command));
}

/** The state without something that was being done. */
export function finished(state: RunState, did: Command): RunState {
  return { ...state, doing: state.doing.filter((one) => !isSame(one, did)) };
}

export function fail(state: RunState, kind: Failure, reason: string): Step {
  return still({ ...state, phase: 'failed', failure: { kind, reason } });
}

/** As what kind of failure it counts that something could not be done. */
export const FAILED_COMMANDS: Record<Command['do'], Failure> = {
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

export function withEvents(step: Step, events: readonly RunEvent[]): Step {
  return { ...step, events: [...events, ...step.events] };
}

/** @param fault the place of the fault that it belongs to; null where to none */
export function happened(
  at: number,
  event: RunEvent['event'],
  node: string | null,
  detail: string | null = null,
  fault: number | null = null,
): RunEvent {
  return { at, event, fault_no: fault === null ? null : fault + 1, node, detail };
}
