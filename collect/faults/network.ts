import type { NetworkShell, Node } from '../runtimes/runtime.js';
import type { Injection, Setting } from './fault.js';

export interface NetworkHarm {
  inject: string;
  lift: string;
  /** Prints what {@link Injection.evidence} and `ended` are read from. */
  look: string;
  evidence(seen: string): string | undefined;
}

/**
 * A fault made by commands in the target's network namespace. A shell stands ready for each node, since who is hit
 * is known only when it is injected.
 */
export async function networkInjection({ cluster }: Setting, harm: NetworkHarm): Promise<Injection> {
  const shells = new Map<string, NetworkShell>();
  await Promise.all(
    cluster.nodes.map(async (node) => shells.set(node.name, await cluster.networkShell(node))),
  );
  let target: Node;
  const inTarget = (command: string) => shells.get(target.name)!.run(command);
  return {
    async inject(node) {
      target = node;
      await inTarget(harm.inject);
    },
    async evidence() {
      const found = harm.evidence(await inTarget(harm.look));
      return found && `${target.name}: ${found}`;
    },
    async lift() {
      await inTarget(harm.lift);
    },
    async ended() {
      const seen = await inTarget(harm.look);
      return harm.evidence(seen) === undefined ? `${target.name}: its network is free again` : undefined;
    },
    async cleanUp() {
      await Promise.all([...shells.values()].map((shell) => shell.close()));
    },
  };
}
