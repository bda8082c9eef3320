import type { Node } from '../runtimes/runtime.js';
import type { Fault } from './fault.js';

/** The node's processes are frozen, its connections stay open, and at the lift it goes on as if nothing had been. */
export const pause: Fault = {
  kind: 'pause',
  about: 'the node is frozen and thawed at the lift',
  unit: null,
  needs: ['freezer'],
  ends: true,
  async prepare({ cluster }) {
    let target: Node;
    let frozen = false;
    let cpuBefore: bigint | null | undefined;
    const thaw = async () => {
      if (frozen) await cluster.freeze(target, false);
      frozen = false;
    };
    return {
      async inject(node) {
        target = node;
        await cluster.freeze(node, true);
        frozen = true;
        cpuBefore = undefined;
      },
      async evidence() {
        const cpu = cluster.usage(target)?.cpu_ns;
        const stands = cpu !== null && cpu !== undefined && cpu === cpuBefore;
        cpuBefore = cpu;
        return stands ? `${target.name} used no CPU time while frozen` : undefined;
      },
      async lift() {
        await thaw();
        cpuBefore = cluster.usage(target)?.cpu_ns;
      },
      async ended() {
        const cpu = cluster.usage(target)?.cpu_ns;
        return cpu !== cpuBefore ? `${target.name} uses CPU time again` : undefined;
      },
      cleanUp: thaw,
    };
  },
};
