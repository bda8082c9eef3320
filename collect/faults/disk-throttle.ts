import type { Node } from '../runtimes/runtime.js';
import { type Fault, nothingToCleanUp } from './fault.js';

/** Shorter spans say little: a throttled disk stands still and then writes a lot at once. */
const SPAN_MS = 1000;

/**
 * The node writes and reads no more than so many bytes a second. The kernel counts no time that a disk was held back,
 * so the evidence is its limit, read back, and how much less the node writes: at most half of what it wrote before.
 */
export const diskThrottle: Fault = {
  kind: 'disk-throttle',
  about: 'the node writes and reads no more than so many bytes a second',
  unit: 'bytes_per_s',
  needs: ['disk-limit'],
  async prepare({ cluster, severity }) {
    const written = (node: Node) => ({
      at: performance.now(),
      bytes: cluster.usage(node)?.written_bytes ?? 0,
    });
    const rateSince = (from: ReturnType<typeof written>, node: Node) => {
      const now = written(node);
      return ((now.bytes - from.bytes) / (now.at - from.at)) * 1000;
    };
    const kB = (bytesPerS: number) => `${(bytesPerS / 1000).toFixed(0)} kB/s`;
    // who is hit is not known yet, and what it wrote before must be
    const atPreparation = new Map(cluster.nodes.map((node) => [node.name, written(node)]));
    let target: Node;
    let rateBefore = 0;
    let last = { at: 0, bytes: 0 };
    return {
      async inject(node) {
        target = node;
        rateBefore = rateSince(atPreparation.get(node.name)!, node);
        await cluster.limitDisk(node, severity);
        last = written(node);
      },
      async evidence() {
        if (performance.now() - last.at < SPAN_MS) return undefined;
        const rate = rateSince(last, target);
        last = written(target);
        const bites =
          cluster.diskLimit(target) === severity && rateBefore > severity && rate < rateBefore / 2;
        return bites
          ? `${target.name} wrote ${kB(rate)} at a limit of ${kB(severity)}, ${kB(rateBefore)} before`
          : undefined;
      },
      lift: () => cluster.limitDisk(target, null),
      async ended() {
        return cluster.diskLimit(target) === null ? `the limit of ${target.name} is gone` : undefined;
      },
      cleanUp: nothingToCleanUp,
    };
  },
};
