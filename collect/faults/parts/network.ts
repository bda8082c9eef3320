import type { Cluster, NetworkShell, Node } from '../../runtimes/parts/runtime.js';
import type { Injection, Measurement, Setting } from './fault.js';

export interface NetworkFault {
  /** The command that injects it into a node; `other` is at the other end of the one link that some faults are of. */
  inject(target: Node, other: Node): string;
  lift(target: Node, other: Node): string;
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
  let other: Node;
  const inTarget = (command: string) => shells.get(target.name)!.run(command);
  return {
    async inject(node, leader) {
      target = node;
      other = otherEnd(cluster, node, leader);
      await inTarget(fault.inject(target, other));
    },
    async measure() {
      const during = fault.count(await inTarget(fault.look));
      return [{ metric: fault.metric, node: target.name, before: null, during, threshold: 1 }];
    },
    async lift() {
      await inTarget(fault.lift(target, other));
    },
    async hasEnded() {
      return fault.count(await inTarget(fault.look)) === 0;
    },
    cleanUp: close,
  };
}

/** The node at the other end of a link of a node: the leader or, of the leader itself, the first other node. */
export function otherEnd({ nodes }: Pick<Cluster, 'nodes'>, node: Node, leader: Node | null): Node {
  return leader && leader !== node ? leader : nodes.find((other) => other !== node)!;
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
