import type { Fault } from './fault.js';
import { networkInjection } from './network.js';

type Chain = 'INPUT' | 'OUTPUT';

/** Packets of the node are dropped by its own firewall, in these directions. */
export function cut(chains: readonly Chain[]): Fault {
  const each = (verb: string) => chains.map((chain) => `iptables -w ${verb} ${chain} -j DROP`).join(' && ');
  return {
    needs: ['network'],
    prepare: (setting) =>
      networkInjection(setting, {
        inject: each('-I'),
        lift: each('-D'),
        look: 'iptables -w -L -v -x -n',
        metric: 'packets_dropped',
        count: droppedPackets,
      }),
  };
}

/** The packets counted by rules that drop, in what `iptables -L -v -x` prints. */
function droppedPackets(listing: string): number {
  return [...listing.matchAll(/^\s*(\d+)\s+\d+\s+DROP\s/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
}
