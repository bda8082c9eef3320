import type { Cluster, NetworkShell, Node } from '../../runtimes/parts/runtime.js';
import type { Injection, Measurement, Setting } from './fault.js';

export interface NetworkFault {
  /** The command that injects it into a node. */
  inject(target: Node): string;
  lift(target: Node): string;
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
  const { shells, close } = await openShells(cluster);
  let target: Node;
  const inTarget = (command: string) => shells.get(target.name)!.run(command);
  return {
    async inject(node) {
      target = node;
      await inTarget(fault.inject(node));
    },
    async measure() {
      const during = fault.count(await inTarget(fault.look));
      return [{ metric: fault.metric, node: target.name, before: null, during, threshold: 1 }];
    },
    async lift() {
      await inTarget(fault.lift(target));
    },
    async hasEnded() {
      return fault.count(await inTarget(fault.look)) === 0;
    },
    cleanUp: close,
  };
}

/** A shell in the network of each node. */
export async function openShells(
  cluster: Pick<Cluster, 'nodes' | 'networkShell'>,
): Promise<{ shells: ReadonlyMap<string, NetworkShell>; close(): Promise<void> }> {
  const shells = new Map<string, NetworkShell>();
  await Promise.all(
    cluster.nodes.map(async (node) => shells.set(node.name, await cluster.networkShell(node))),
  );
  return {
    shells,
    async close() {
      await Promise.all([...shells.values()].map((shell) => shell.close()));
    },
  };
}
