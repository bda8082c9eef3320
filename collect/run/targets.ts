import { nodesHit, type RunState } from './state.js';

/** Who is to be hit; `wait` while that cannot be told, and `nobody` where there is no such node. */
export type Choice = { readonly node: string } | 'wait' | 'nobody';

/**
 * The node that a fault hits if it is injected now. Whoever leads then is the leader; a follower is the first by name that
 * is not the driver; another is one that no fault of the run has hit yet, best one that does not lead.
 */
export function whoIsHit(state: RunState, fault: number): Choice {
  const { plan, leader, faults } = state;
  const { target } = plan.faults[fault]!;
  if (target === 'same') {
    const before = faults[fault - 1]?.target;
    return before ? { node: before } : 'wait';
  }
  if (!leader) return 'wait';
  // what hits all of them is recorded of the one that leads
  if (target === 'leader' || target === 'all') return { node: leader };
  const hit = nodesHit(state);
  const voters = plan.nodes.filter((_, i) => plan.roles[i] === 'voter');
  const followers = voters.filter((node) => node !== leader && node !== plan.driver);
  const unhit = (nodes: readonly string[]) => nodes.filter((node) => !hit.includes(node));
  const [node] = {
    follower: followers,
    'another-follower': unhit(followers),
    another: unhit([...followers, leader]),
    newcomer: unhit(plan.nodes.slice(plan.roles.length)),
  }[target];
  return node === undefined ? 'nobody' : { node };
}
