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
    let spaceBefore = 0;
    let filling: Promise<void> | undefined;
    return {
      async inject(node) {
        target = node;
        const volume = cluster.volume(node);
        spaceBefore = await volume.spaceLeft();
        await volume.fill();
      },
      async measure() {
        const volume = cluster.volume(target);
        filling = volume.fill();
        await filling;
        if ((await volume.tryWrite()) === 'ENOSPC') refused += 1;
        return [{ metric: 'writes_refused', node: target.name, before: null, during: refused, threshold: 1 }];
      },
      async lift() {
        // a look that is under way would take the space again, and for good
        await Promise.allSettled([filling]);
        await cluster.volume(target).free();
        if (!(await cluster.state(target)).running) await cluster.start(target);
      },
      // the node has used some of it meanwhile
      hasEnded: async () => (await cluster.volume(target).spaceLeft()) > spaceBefore / 2,
      cleanUp: nothingToCleanUp,
    };
  },
} satisfies Fault;
