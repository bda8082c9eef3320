import { type Node, usageOf } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';

/** Of the time since it was injected; less is what only the node's start or a moment's burst has met. */
const LEAST_SHARE = 0.05;

/** The node may use a share of each scheduler period, and is held back beyond. */
export default {
  needs: ['cpu-limit'],
  async prepare({ cluster, severity }) {
    let target: Node;
    let from: { at: bigint; throttled: bigint } | undefined;
    const now = async () => {
      const used = await usageOf(cluster, target);
      return used && { at: used.time_ns, throttled: used.cpu_throttled_ns ?? 0n };
    };
    return {
      async inject(node) {
        target = node;
        // the first measurement sets it: a look before the limit would make the limit late, on another host by as much again
        from = undefined;
        await cluster.limitCpu(node, severity);
      },
      async measure() {
        const seen = await now();
        from ??= seen;
        if (!seen || !from || seen.at <= from.at) return [];
        const during = Number(seen.throttled - from.throttled) / Number(seen.at - from.at);
        return [
          { metric: 'throttled_share', node: target.name, before: null, during, threshold: LEAST_SHARE },
        ];
      },
      async lift() {
        await cluster.limitCpu(target, null);
        from = (await now()) ?? from;
      },
      async hasEnded() {
        const seen = await now();
        const ended = seen && from && seen.at > from.at && seen.throttled === from.throttled;
        from = seen ?? from;
        return ended === true;
      },
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
