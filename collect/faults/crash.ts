import type { Node } from '../runtimes/runtime.js';
import type { Fault, Injection, Setting } from './fault.js';
import { nothingToCleanUp } from './fault.js';

/** The process is killed (SIGKILL) and, at the lift, started again. */
export const crash: Fault = {
  kind: 'crash',
  about: 'the node is killed (SIGKILL) and started again at the lift',
  unit: null,
  needs: ['signals'],
  ends: true,
  prepare: (setting) => ending(setting, 'SIGKILL'),
};

/** Ends the node's process with a signal; its absence is the evidence. */
export async function ending({ cluster }: Setting, signal: 'SIGKILL' | 'SIGTERM'): Promise<Injection> {
  let target: Node;
  return {
    async inject(node) {
      target = node;
      await cluster.signal(node, signal);
    },
    async evidence() {
      const { running, exitCode } = await cluster.state(target);
      return running ? undefined : `${target.name} exited with ${exitCode} after ${signal}`;
    },
    lift: () => cluster.start(target),
    async ended() {
      return (await cluster.state(target)).running ? `${target.name} runs again` : undefined;
    },
    cleanUp: nothingToCleanUp,
  };
}
