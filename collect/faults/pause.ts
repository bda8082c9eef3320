import type { Node } from '../runtimes/parts/runtime.js';
import { usageOf } from '../runtimes/parts/runtime.js';
import type { Fault } from './parts/fault.js';

/** The node's processes are frozen, its connections stay open, and at the lift it goes on as if nothing had been. */
export default {
  needs: ['freezer'],
  async prepare({ cluster }) {
    let target: Node;
    let frozen = false;
    let before: number | null = null;
    const cpuNs = async () => {
      const used = (await usageOf(cluster, target))?.cpu_ns;
      return used == null ? null : Number(used);
    };
    /** CPU time since the last look; null at the first. */
    const since = async () => {
      const now = await cpuNs();
      const step = now === null || before === null ? null : now - before;
      before = now;
      return step;
    };
    const thaw = async () => {
      if (frozen) await cluster.freeze(target, false);
      frozen = false;
    };
    return {
      async inject(node) {
        target = node;
        await cluster.freeze(node, true);
        frozen = true;
      },
      async measure() {
        const during = await since();
        if (during === null) return [];
        return [{ metric: 'cpu_time', node: target.name, before: null, during, threshold: 0 }];
      },
      async lift() {
        await thaw();
        before = await cpuNs();
      },
      hasEnded: async () => ((await since()) ?? 0) > 0,
      cleanUp: thaw,
    };
  },
} satisfies Fault;
