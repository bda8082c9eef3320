import type { Node } from '../runtimes/runtime.js';
import { type Fault, nothingToCleanUp } from './fault.js';

/** The node may use so much memory, and five times as much with swap, as in 2022. */
export const memoryLimit: Fault = {
  kind: 'memory-limit',
  about: 'the node may use no more than so much memory (five times as much with swap)',
  unit: 'MB',
  needs: ['memory-limit'],
  async prepare({ cluster, severity }) {
    const bytes = severity * 2 ** 20;
    let target: Node;
    return {
      async inject(node) {
        target = node;
        await cluster.limitMemory(node, bytes);
      },
      async evidence() {
        const { running, killedForMemory } = await cluster.state(target);
        if (!running && killedForMemory) return `${target.name} was killed for memory`;
        const limit = cluster.usage(target)?.memory_limit_bytes;
        return limit === bytes ? `${target.name} is limited to ${severity} MB` : undefined;
      },
      lift: () => cluster.limitMemory(target, null),
      async ended() {
        return cluster.usage(target)?.memory_limit_bytes !== bytes
          ? `the limit of ${target.name} is gone`
          : undefined;
      },
      cleanUp: nothingToCleanUp,
    };
  },
};
