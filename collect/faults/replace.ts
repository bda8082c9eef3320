import type { Node } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';
import { stepDown } from './parts/step-down.js';

/**
 * The node is killed and taken out of the cluster and, at the lift, one without any data joins in its place, as after the
 * loss of a machine. It has ended once the new one is a voter, and so has the whole log.
 */
export default {
  needs: ['members', 'signals'],
  clientNodes: true,
  liftStartsNode: true,
  async prepare({ cluster, membership }) {
    let target: Node;
    const others = () => cluster.nodes.filter((node) => node !== target);
    return {
      async inject(node) {
        target = node;
        await stepDown(node, { cluster, membership });
        await cluster.signal(node, 'SIGKILL');
        await membership.remove(others(), node);
      },
      async measure() {
        const votes = await membership.isVoter(others(), target);
        if (votes === undefined) return [];
        return [{ metric: 'votes', node: target.name, before: 1, during: Number(votes), threshold: 0 }];
      },
      lift: () => cluster.startAs(target, { empty: true }),
      hasEnded: async () => (await membership.isVoter(others(), target)) ?? false,
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
