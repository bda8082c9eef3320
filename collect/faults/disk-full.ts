import type { Node } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';

/** What is left of the node's file system is taken, and taken again whenever the node gives some back. */
export default {
  needs: ['volumes'],
  clientNodes: true,
  liftStartsNode: true,
  async prepare({ cluster }) {
    let target: Node;
    let refused = 0;
    return {
      async inject(node) {
        target = node;
        await cluster.volume(node).fill();
      },
      async measure() {
        const volume = cluster.volume(target);
        await volume.fill();
        if ((await volume.tryWrite()) === 'ENOSPC') refused += 1;
        return [{ metric: 'writes_refused', node: target.name, before: null, during: refused, threshold: 1 }];
      },
      async lift() {
        await cluster.volume(target).free();
        if (!(await cluster.state(target)).running) await cluster.start(target);
      },
      hasEnded: async () => (await cluster.volume(target).tryWrite()) === undefined,
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
