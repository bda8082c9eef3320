import type { Node } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';

/** Leadership is taken from the leader, or given to a follower, in good order; the lift moves nothing back. */
export default {
  needs: ['members'],
  async prepare({ cluster, membership }) {
    let before: Node | undefined;
    let target: Node;
    return {
      async inject(node) {
        target = node;
        before = await membership.leaderOf(cluster.nodes);
        const other = cluster.nodes.find((one) => one !== before)!;
        await membership.transfer(cluster.nodes, node === before ? other : node);
      },
      async measure() {
        const leader = await membership.leaderOf(cluster.nodes);
        if (!leader || !before) return [];
        const during = leader === before ? 0 : 1;
        return [{ metric: 'leadership_moved', node: target.name, before: 0, during, threshold: 1 }];
      },
      lift: async () => {},
      hasEnded: async () => true,
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
