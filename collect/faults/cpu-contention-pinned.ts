import type { Node } from '../runtimes/parts/runtime.js';
import { burning } from './parts/burning.js';
import type { Fault } from './parts/fault.js';

const CORE = 0;

/** Burners and the node are bound to the same core, so that only this node has to share. */
export default {
  needs: ['burners', 'pinning'],
  async prepare({ cluster, severity }) {
    let target: Node;
    const injection = burning(await cluster.startBurners(severity, CORE));
    return {
      ...injection,
      async inject(node) {
        target = node;
        await cluster.pin(node, CORE);
        await injection.inject();
      },
      async lift() {
        await injection.lift();
        await cluster.pin(target, null);
      },
    };
  },
} satisfies Fault;
