import { END_MS, STUCK_MS } from './limits.js';
import { FAILED_COMMANDS, fail, finished, happened, type Step, still, tell, withEvents } from './moves.js';
import { type Command, isSame, nodesHit, type RunState } from './state.js';

/**
 * The workload's end: what is in force is lifted, and what is left to do is done, one after the other. What is being done
 * already is waited for when its turn comes.
 */
export function end(state: RunState, at: number): Step {
  const { faults, doing, plan } = state;
  const injecting = doing.filter((one) => one.do === 'inject');
  const inForce = faults.flatMap(({ stage }, fault): Command[] => {
    const isThere = stage === 'injected' || stage === 'confirmed';
    return isThere || injecting.some((one) => one.fault === fault) ? [{ do: 'lift', fault }] : [];
  });
  const toDo: Command[] = [
    { do: 'hand_over' },
    ...injecting,
    ...inForce,
    ...doing.filter((one) => one.do === 'recover'),
    ...nodesHit(state).map((node) => ({ do: 'restart', node }) as const),
    { do: 'await_driver' },
    { do: 'copy' },
    // what the client recorded says more than a number of rows
    ...(plan.nodes.includes(plan.driver) ? [{ do: 'count' } as const] : []),
  ];
  return next({ ...state, phase: 'ending', toDo }, at);
}

/** Takes from what is left to do what was done, and goes on with what is first then. */
export function completed(state: RunState, did: Command, at: number): Step {
  return next({ ...finished(state, did), toDo: state.toDo.filter((one) => !isSame(one, did)) }, at);
}

/** Does the first of what is left, unless it is being done. The last, counting, is never taken from it. */
function next(state: RunState, at: number): Step {
  const [first] = state.toDo;
  if (first === undefined) return still({ ...state, phase: 'counted' });
  if (first.do === 'await_driver' && state.driver) return completed(state, first, at);
  const told = tell(state, first);
  const copies = told.commands.some((one) => one.do === 'copy');
  return withEvents(told, copies ? [happened(at, 'workload_ended', state.plan.driver)] : []);
}

/** Rows are believed once two counts in a row agree. */
export function onCount(state: RunState, rows: number | null, at: number): Step {
  const since = state.countSince ?? at;
  const counts = rows === null ? [] : [...state.counts, rows].slice(-2);
  const after = { ...state, countSince: since, counts };
  if (counts.length < 2 || counts[0] !== counts[1]) return tell(after, { do: 'count' });
  const taken = happened(at, 'count_taken', state.leader, `${rows} rows`);
  return withEvents(still({ ...after, phase: 'counted', rows }), [taken]);
}

/** What has taken too long after the workload. */
export function onEndingTime(state: RunState): Step {
  if (state.countSince !== null) {
    return fail(state, 'not_counted', 'no leader answered after the run: the rows could not be counted');
  }
  const doing = state.toDo[0]!.do;
  if (doing !== 'await_driver') {
    const reason = `${doing} had not come to an end ${STUCK_MS / 1000} s after the workload`;
    return fail(state, FAILED_COMMANDS[doing], reason);
  }
  return fail(state, 'not_ended', `the driver did not end within ${END_MS / 1000} s of its time`);
}
