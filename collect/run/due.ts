import type { RunState } from './state.js';
import { COUNT_MS, END_MS, START_MS, STUCK_MS } from './step.js';

/** The instant (Unix time in ms) at which time alone brings a run on; null where it waits for something else. */
export function dueAt({
  phase,
  plan,
  upAt,
  beganAt,
  endAt,
  countSince,
  doing,
  toDo,
}: RunState): number | null {
  const { fault } = plan;
  switch (phase) {
    case 'prepared':
      return upAt + START_MS;
    case 'workload':
      return fault ? Math.min(beganAt! + fault.injectAtS * 1000, endAt!) : endAt;
    case 'injected':
    case 'confirmed':
      if (fault!.liftAtS === null || doing.includes('lift')) return endAt;
      return Math.min(beganAt! + fault!.liftAtS * 1000, endAt!);
    case 'lifted':
    case 'recovered':
      return endAt;
    case 'ending':
      if (countSince !== null) return countSince + COUNT_MS;
      return endAt! + (toDo[0] === 'await_driver' ? END_MS : STUCK_MS);
    default:
      return null;
  }
}
