import type { Node } from '../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './parts/fault.js';

/**
 * The node's file system refuses all writes, as one does whose disk has failed. It cannot be mended while it is in use, so
 * the lift ends the node, has the file system checked, and starts the node again.
 */
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
        await cluster.volume(node).turnReadOnly();
      },
      async measure() {
        if ((await cluster.volume(target).tryWrite()) === 'EROFS') refused += 1;
        return [{ metric: 'writes_refused', node: target.name, before: null, during: refused, threshold: 1 }];
      },
      async lift() {
        if ((await cluster.state(target)).running) await cluster.signal(target, 'SIGKILL');
        await cluster.volume(target).repair();
        await cluster.start(target);
      },
      hasEnded: async () => (await cluster.volume(target).tryWrite()) === undefined,
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
