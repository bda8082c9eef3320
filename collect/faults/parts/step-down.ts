import type { Node } from '../../runtimes/parts/runtime.js';
import type { Setting } from './fault.js';

/** A leader that is to go gives its place up first, as those who look after clusters do; another node has nothing to give. */
export async function stepDown(
  node: Node,
  { cluster, membership }: Pick<Setting, 'cluster' | 'membership'>,
): Promise<void> {
  if ((await membership.leaderOf(cluster.nodes)) !== node) return;
  await membership.transfer(cluster.nodes, cluster.nodes.find((other) => other !== node)!);
}
