import { nextRelease } from '../../src/vocabulary/releases.js';
import type { Node } from '../runtimes/parts/runtime.js';
import { worldlyReason } from '../worldly-reason.js';
import type { Fault } from './parts/fault.js';

/**
 * The node is shut down in good order and started again as the next release, with the data that it has. That it runs is
 * not enough: its own process says which dqlite it has. The lift takes nothing back.
 */
export default {
  needs: ['releases', 'signals'],
  clientNodes: true,
  liftStartsNode: true,
  async prepare({ cluster, release }) {
    const next = nextRelease(release)!;
    let target: Node;
    let before: number | undefined;
    let restarted: Promise<void> | undefined;
    const version = async () => versionsIn(await cluster.log(target)).at(-1);
    /** Once it has ended, which may take it as long as it needs to hand its role over. */
    const restart = async () => {
      if (!restarted && (await cluster.state(target)).running) return;
      restarted ??= cluster.startAs(target, { release: next });
      await restarted;
    };
    return {
      async inject(node) {
        target = node;
        before = await version();
        await cluster.signal(node, 'SIGUSR1');
      },
      async measure() {
        await restart();
        const during = restarted && (await version());
        if (before === undefined || during === undefined) return [];
        const at = { node: target.name, before, threshold: before + 1 };
        return [{ metric: 'library_version', ...at, during }];
      },
      lift: restart,
      hasEnded: async () => restarted !== undefined && (await cluster.state(target)).running,
      async cleanUp() {
        await restarted?.catch(worldlyReason);
      },
    };
  },
} satisfies Fault;

/** The versions of dqlite that a node's process has said that it runs, the latest start last. */
function versionsIn(log: string): number[] {
  return [...log.matchAll(/"dqlite_version":(\d+)/g)].map(([, version]) => Number(version));
}
