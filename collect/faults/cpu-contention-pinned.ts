import type { Node } from '../runtimes/runtime.js';
import { Burners } from './burners.js';
import { burning } from './cpu-contention.js';
import type { Fault } from './fault.js';

const CORE = 0;

/** Burners and the node are bound to the same core, so that only this node has to share. */
export const cpuContentionPinned: Fault = {
  kind: 'cpu-contention-pinned',
  about: 'the node is bound to one core with so many processes that use all the CPU time they get',
  unit: 'burners',
  needs: ['pinning'],
  async prepare({ cluster, severity }) {
    let target: Node;
    const injection = burning(await Burners.start(severity, CORE));
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
};
