import type { Node } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';
import { stepDown } from './parts/step-down.js';

/** The node is taken out of the cluster while its process runs on and, at the lift, taken in again as a voter. */
export default {
  needs: ['members'],
  async prepare({ cluster, membership }) {
    let target: Node;
    let id: bigint | undefined;
    const others = () => cluster.nodes.filter((node) => node !== target);
    return {
      async inject(node) {
        target = node;
        await stepDown(node, { cluster, membership });
        id = await membership.remove(others(), node);
      },
      async measure() {
        const votes = await membership.isVoter(others(), target);
        if (votes === undefined) return [];
        return [{ metric: 'votes', node: target.name, before: 1, during: Number(votes), threshold: 0 }];
      },
      async lift() {
        await membership.add(others(), target, id!);
      },
      hasEnded: async () => (await membership.isVoter(others(), target)) ?? false,
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
