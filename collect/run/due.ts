import { COUNT_MS, END_MS, START_MS, STUCK_MS } from './limits.js';
import type { RunState } from './state.js';

/** The instant (Unix time in ms) at which time alone brings a run on; null where it waits for something else. */
export function dueAt(state: RunState): number | null {
  const { phase, upAt, endAt, countSince, toDo } = state;
  switch (phase) {
    case 'prepared':
      return upAt + START_MS;
    case 'workload':
      return Math.min(endAt!, ...state.faults.map((_, i) => faultDueAt(state, i) ?? endAt!));
    case 'ending':
      if (countSince !== null) return countSince + COUNT_MS;
      return endAt! + (toDo[0]?.do === 'await_driver' ? END_MS : STUCK_MS);
    default:
      return null;
  }
}

/** When a fault is to be injected, or lifted; null where neither is to come. */
export function faultDueAt({ plan, faults, beganAt, doing }: RunState, fault: number): number | null {
  const { injectAtS, liftAtS } = plan.faults[fault]!;
  const isDoing = doing.some((one) => one.do !== 'measure' && 'fault' in one && one.fault === fault);
  if (isDoing) return null;
  switch (faults[fault]!.stage) {
    case 'planned':
      return beganAt! + injectAtS * 1000;
    case 'injected':
    case 'confirmed':
      return liftAtS === null ? null : beganAt! + liftAtS * 1000;
    default:
      return null;
  }
}
