import type { Node } from '../../runtimes/parts/runtime.js';
import type { Fault } from './fault.js';
import { networkInjection } from './network.js';

/** What a rule may depend on: how hard, and whose link. */
export interface Dropping {
  readonly severity: number;
  /** The node at the other end of the link, for faults of one link. */
  readonly other: Node;
}

/** The node's own firewall drops what these rules of iptables match; each begins with its chain. */
export function dropping(rulesFor: (what: Dropping) => readonly string[]): Fault {
  return {
    needs: ['network'],
    prepare(setting) {
      const each = (verb: string) => (_: Node, other: Node) => {
        const rules = rulesFor({ severity: setting.severity, other });
        return rules.map((rule) => `iptables -w ${verb} ${rule}`).join(' && ');
      };
      return networkInjection(setting, {
        inject: each('-I'),
        lift: each('-D'),
        look: 'iptables -w -L -v -x -n',
        metric: 'packets_dropped',
        count: droppedPackets,
      });
    },
  };
}

/** The packets counted by rules that drop, in what `iptables -L -v -x` prints. */
function droppedPackets(listing: string): number {
  return [...listing.matchAll(/^\s*(\d+)\s+\d+\s+DROP\s/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
}
