import type { EndingSignal, Node } from '../../runtimes/parts/runtime.js';
import { type Fault, nothingToCleanUp } from './fault.js';

/** The node's process is ended with a signal and, at the lift, once it has ended, started again. */
export function ending(signal: EndingSignal): Fault {
  return {
    needs: ['signals'],
    clientNodes: signal === 'SIGHUP' || signal === 'SIGUSR1',
    liftStartsNode: true,
    async prepare({ cluster }) {
      let target: Node;
      return {
        async inject(node) {
          target = node;
          await cluster.signal(node, signal);
        },
        async measure() {
          const { running, exitCode } = await cluster.state(target);
          if (running) return [];
          return [
            { metric: 'exit_code', node: target.name, before: null, during: exitCode ?? 0, threshold: 0 },
          ];
        },
        lift: () => cluster.start(target),
        hasEnded: async () => (await cluster.state(target)).running,
        cleanUp: nothingToCleanUp,
      };
    },
  };
}
