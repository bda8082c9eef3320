import type { Node } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';

/**
 * A node that was not there before joins the cluster under load. dqlite lets a member vote only once it has the log, so
 * that it is a voter says that it has caught up. The lift takes nothing back.
 */
export default {
  needs: ['members'],
  clientNodes: true,
  async prepare({ cluster, membership }) {
    let target: Node;
    const others = () => cluster.nodes.filter((node) => node !== target);
    return {
      async inject(node) {
        target = node;
        await cluster.start(node);
      },
      async measure() {
        const votes = await membership.isVoter(others(), target);
        if (votes === undefined) return [];
        return [
          { metric: 'votes_gained', node: target.name, before: 0, during: Number(votes), threshold: 1 },
        ];
      },
      lift: async () => {},
      hasEnded: async () => true,
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
