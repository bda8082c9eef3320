/** Chains of this project's own, which only the cluster's traffic passes: a host that is cut off is still reached by ssh. */
const CLUSTER_CHAINS = { INPUT: 'DQLITE-IN', OUTPUT: 'DQLITE-OUT' };

const hooks = Object.entries(CLUSTER_CHAINS);
/** What comes to the node's port and goes from it, and what it says to the ports of the others. */
const rulesFor = (port: number) =>
  hooks.flatMap(([hook, chain]) =>
    ['dport', 'sport'].map((end) => `${hook} -p tcp --${end} ${port} -j ${chain}`),
  );

/** Takes the chains away, with whatever rules they have, where they are there. */
export function closeFirewall(port: number): string {
  const quietly = (command: string) => `iptables -w ${command} 2>/dev/null`;
  const chains = hooks.flatMap(([, chain]) => [quietly(`-F ${chain}`), quietly(`-X ${chain}`)]);
  return [...rulesFor(port).map((rule) => quietly(`-D ${rule}`)), ...chains, 'true'].join('; ');
}

/** Makes the chains, empty. */
export function openFirewall(port: number): string {
  const chains = hooks.map(([, chain]) => `iptables -w -N ${chain}`);
  const rules = rulesFor(port).map((rule) => `iptables -w -I ${rule}`);
  return `${closeFirewall(port)}; ${[...chains, ...rules].join(' && ')}`;
}

/** A command that faults give in a node's network, for the cluster's traffic alone. */
export function forCluster(command: string): string {
  return command
    .replace(
      /(iptables (?:-w )?-[IDA] )(INPUT|OUTPUT)/g,
      (_, verb, hook: 'INPUT' | 'OUTPUT') => verb + CLUSTER_CHAINS[hook],
    )
    .replace(/iptables -w -L (-.*)/, (_, how) =>
      hooks.map(([, chain]) => `iptables -w -L ${chain} ${how}`).join('; '),
    );
}
