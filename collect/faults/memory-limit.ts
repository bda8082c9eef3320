import { type Node, usageOf } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';

const MB = 2 ** 20;

/** The node may use so much memory, and five times as much with swap, as in 2022. That the limit is set shows nothing. */
export default {
  needs: ['memory-limit'],
  async prepare({ cluster, severity }) {
    let target: Node;
    let hitsBefore = 0;
    return {
      async inject(node) {
        target = node;
        hitsBefore = (await usageOf(cluster, node))?.memory_limit_hits ?? 0;
        await cluster.limitMemory(node, severity * MB);
      },
      async measure() {
        const at = { node: target.name, before: null, threshold: 1 };
        const { running, killedForMemory } = await cluster.state(target);
        if (!running) return killedForMemory ? [{ ...at, metric: 'memory_kills', during: 1 }] : [];
        const hits = (await usageOf(cluster, target))?.memory_limit_hits;
        if (hits == null) return [];
        return [{ ...at, metric: 'memory_limit_hits', during: hits - hitsBefore }];
      },
      lift: () => cluster.limitMemory(target, null),
      async hasEnded() {
        return (await usageOf(cluster, target))?.memory_limit_bytes !== severity * MB;
      },
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
