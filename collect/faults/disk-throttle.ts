import { type Node, usageOf } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';

/** Shorter spans say little: a throttled disk stands still and then writes a lot at once. */
const LEAST_SPAN_NS = 1e9;

/**
 * The node writes and reads no more than so many bytes a second. The kernel counts no time that a disk was held back,
 * so the evidence is how much less the node writes: at most half of what it wrote before.
 */
export default {
  needs: ['disk-limit'],
  async prepare({ cluster, severity }) {
    const written = async (node: Node) => {
      const used = await usageOf(cluster, node);
      return used && { at: Number(used.time_ns), bytes: used.written_bytes ?? 0 };
    };
    type Written = Awaited<ReturnType<typeof written>>;
    const rate = (from: Written, to: Written) => {
      if (!from || !to || to.at - from.at < LEAST_SPAN_NS) return undefined;
      return ((to.bytes - from.bytes) / (to.at - from.at)) * 1e9;
    };
    // who is hit is not known yet, and what it wrote before must be
    const atPreparation = new Map<string, Written>();
    for (const node of cluster.nodes) {
      // from Linux 6.10 on, blkio counts nothing of a disk before a limit of it was set for the first time since the start
      await cluster.limitDisk(node, null);
      atPreparation.set(node.name, await written(node));
    }
    let target: Node;
    let before: number | undefined;
    let from: Written;
    return {
      async inject(node) {
        target = node;
        from = await written(node);
        before = rate(atPreparation.get(node.name), from);
        await cluster.limitDisk(node, severity);
      },
      async measure() {
        const during = rate(from, await written(target));
        if (before === undefined || during === undefined) return [];
        return [{ metric: 'write_rate', node: target.name, before, during, threshold: before / 2 }];
      },
      lift: () => cluster.limitDisk(target, null),
      hasEnded: async () => (await cluster.diskLimit(target)) === null,
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
