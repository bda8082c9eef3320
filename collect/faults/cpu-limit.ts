import type { Node } from '../runtimes/runtime.js';
import { type Fault, nothingToCleanUp } from './fault.js';

/** The node may use so many CPUs (a share of each scheduler period) and is held back beyond. */
export const cpuLimit: Fault = {
  kind: 'cpu-limit',
  about: 'the node may use no more than so many CPUs',
  unit: 'cpus',
  needs: ['cpu-limit'],
  async prepare({ cluster, severity }) {
    let target: Node;
    let throttledBefore = 0n;
    const throttled = () => cluster.usage(target)?.cpu_throttled_ns ?? 0n;
    return {
      async inject(node) {
        target = node;
        throttledBefore = throttled();
        await cluster.limitCpu(node, severity);
      },
      async evidence() {
        const ms = Number(throttled() - throttledBefore) / 1e6;
        return ms > 0 ? `${target.name} was held back for ${ms.toFixed(1)} ms by its limit` : undefined;
      },
      async lift() {
        await cluster.limitCpu(target, null);
        throttledBefore = throttled();
      },
      async ended() {
        const now = throttled();
        const still = now !== throttledBefore;
        throttledBefore = now;
        return still ? undefined : `${target.name} is not held back any more`;
      },
      cleanUp: nothingToCleanUp,
    };
  },
};
