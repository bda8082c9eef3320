import type { Fault } from './fault.js';
import { networkInjection } from './network.js';

type Chain = 'INPUT' | 'OUTPUT';

/** Packets of the node are dropped: both ways, or one. */
function cut(kind: string, about: string, chains: readonly Chain[]): Fault {
  const each = (verb: string) => chains.map((chain) => `iptables -w ${verb} ${chain} -j DROP`).join(' && ');
  return {
    kind,
    about,
    unit: null,
    needs: ['network'],
    ends: true,
    prepare: (setting) =>
      networkInjection(setting, {
        inject: each('-I'),
        lift: each('-D'),
        look: 'iptables -w -L -v -x -n',
        evidence: (seen) => {
          const dropped = droppedPackets(seen);
          return dropped > 0 ? `${dropped} packets dropped` : undefined;
        },
      }),
  };
}

/** The packets counted by rules that drop, in what `iptables -L -v -x` prints. */
export function droppedPackets(listing: string): number {
  return [...listing.matchAll(/^\s*(\d+)\s+\d+\s+DROP\s/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
}

export const networkCut = cut('network-cut', 'no packet reaches or leaves the node', ['INPUT', 'OUTPUT']);
export const networkCutIn = cut('network-cut-in', 'no packet reaches the node', ['INPUT']);
export const networkCutOut = cut('network-cut-out', 'no packet leaves the node', ['OUTPUT']);
