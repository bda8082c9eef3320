import type { NetworkShell, Node } from '../../runtimes/parts/runtime.js';
import type { Injection, Measurement, Setting } from './fault.js';

export interface NetworkFault {
  inject: string;
  lift: string;
  /** Prints what is counted. */
  look: string;
  metric: Measurement['metric'];
  /** How many packets it met, from what `look` printed; 0 before it is injected and after it is lifted. */
  count(seen: string): number;
}

/**
 * A fault made by commands in the target's network namespace. A shell stands ready for each node, since who is hit
 * is known only when it is injected.
 */
export async function networkInjection({ cluster }: Setting, fault: NetworkFault): Promise<Injection> {
  const shells = new Map<string, NetworkShell>();
  await Promise.all(
    cluster.nodes.map(async (node) => shells.set(node.name, await cluster.networkShell(node))),
  );
  let target: Node;
  const inTarget = (command: string) => shells.get(target.name)!.run(command);
  return {
    async inject(node) {
      target = node;
      await inTarget(fault.inject);
    },
    async measure() {
      const during = fault.count(await inTarget(fault.look));
      return [{ metric: fault.metric, node: target.name, before: null, during, threshold: 1 }];
    },
    async lift() {
      await inTarget(fault.lift);
    },
    async hasEnded() {
      return fault.count(await inTarget(fault.look)) === 0;
    },
    async cleanUp() {
      await Promise.all([...shells.values()].map((shell) => shell.close()));
    },
  };
}
