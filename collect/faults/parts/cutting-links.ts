import type { Node } from '../../runtimes/parts/runtime.js';
import type { Fault } from './fault.js';
import { openShells } from './network.js';

/** Two nodes that are next to each other on a network without the others. */
export type Link = readonly [Node, Node];

/** Who is hit, who leads as far as is known, and the others. */
export interface Party {
  readonly target: Node;
  readonly leader: Node | null;
  /** All but the target; the leader first. */
  readonly others: readonly Node[];
}

/** How long the answer to a ping is waited for, in s. */
const ANSWER_S = 0.3;

/**
 * All links between nodes are cut but those that are kept; clients still reach every node. The evidence is over how many
 * links nothing comes back.
 */
export function cuttingLinks(kept: (party: Party) => readonly Link[]): Fault {
  return {
    needs: ['network'],
    async prepare({ cluster }) {
      const { nodes } = cluster;
      const { shells, close } = await openShells(cluster);
      const links = nodes.flatMap((a, i) => nodes.slice(i + 1).map((b): Link => [a, b]));
      let target: Node;
      let cut: readonly Link[] = [];
      const ends = (all: readonly Link[], node: Node) =>
        all.filter(([a]) => a === node).map(([, b]) => b.address.host);
      const onEach = (command: (node: Node) => string) =>
        Promise.all(nodes.map(async (node) => shells.get(node.name)!.run(command(node) || 'true')));
      const rules = (verb: string) => (node: Node) =>
        ends(cut, node)
          .flatMap((host) => [`INPUT -s ${host}`, `OUTPUT -d ${host}`])
          .map((rule) => `iptables -w ${verb} ${rule} -j DROP`)
          .join(' && ');
      const silent = async () => {
        const answered = await onEach((node) => reaching(ends(links, node)));
        return links.length - answered.join('').split('reached').length + 1;
      };
      return {
        async inject(node, leader) {
          target = node;
          const others = nodes.filter((one) => one !== node);
          others.sort((a, b) => Number(b === leader) - Number(a === leader));
          const stays = kept({ target, leader, others });
          cut = links.filter(([a, b]) => !stays.some((link) => link.includes(a) && link.includes(b)));
          await onEach(rules('-I'));
        },
        how: () => `of ${cut.map(([a, b]) => `${a.name}-${b.name}`).join(', ')}`,
        async measure() {
          const during = await silent();
          return [{ metric: 'links_cut', node: target.name, before: 0, during, threshold: cut.length }];
        },
        async lift() {
          await onEach(rules('-D'));
        },
        hasEnded: async () => (await silent()) === 0,
        cleanUp: close,
      };
    },
  };
}

/** Says which of these answer. */
function reaching(hosts: readonly string[]): string {
  if (hosts.length === 0) return '';
  return `for host in ${hosts.join(' ')}; do ping -n -q -c 1 -W ${ANSWER_S} $host >/dev/null && echo reached & done; wait`;
}
