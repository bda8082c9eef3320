import type { Node } from '../runtimes/parts/runtime.js';
import { type Fault, type Measurement, nothingToCleanUp } from './parts/fault.js';

/** Written just before the power goes, and not yet on the disk. */
const UNSYNCED_BYTES = 65_536;

/**
 * All nodes lose their power at once: they stand still, their file systems stop short of their disks, and only then are
 * they killed, so that nothing reaches a disk on the way. At the lift they start from what their disks have. The cache of
 * a disk counts as the disk: what a file system has handed over is kept.
 */
export default {
  needs: ['volumes', 'freezer', 'signals'],
  clientNodes: true,
  liftStartsNode: true,
  async prepare({ cluster }) {
    const { nodes } = cluster;
    const volumes = () => nodes.map((node) => cluster.volume(node));
    const onEach = (what: (node: Node) => Promise<void>) => Promise.all(nodes.map(what));
    return {
      async inject() {
        await Promise.all(volumes().map((volume) => volume.writeUnsynced(UNSYNCED_BYTES)));
        await onEach((node) => cluster.freeze(node, true));
        await cluster.cutPower();
        await onEach((node) => cluster.signal(node, 'SIGKILL'));
        await onEach(async (node) => {
          // a control group that is frozen keeps its processes from dying
          if ((await cluster.state(node)).running) await cluster.freeze(node, false);
        });
        await Promise.all(volumes().map((volume) => volume.repair()));
      },
      async measure(): Promise<readonly Measurement[]> {
        const measured = await Promise.all(
          nodes.map(async (node): Promise<Measurement[]> => {
            const at = { node: node.name, before: null, threshold: 0 };
            const { running, exitCode } = await cluster.state(node);
            const found = await cluster.volume(node).unsyncedBytes();
            if (running || found === undefined) return [];
            return [
              { ...at, metric: 'unsynced_bytes', before: UNSYNCED_BYTES, during: found },
              { ...at, metric: 'exit_code', during: exitCode ?? 0 },
            ];
          }),
        );
        // it is one only where none of them went on
        return measured.every((rows) => rows.length > 0) ? measured.flat() : [];
      },
      async lift() {
        await onEach((node) => cluster.start(node));
      },
      hasEnded: async () =>
        (await Promise.all(nodes.map((node) => cluster.state(node)))).every(({ running }) => running),
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
