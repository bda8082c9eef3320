import { until } from '../observe/clock.js';
import type { Node } from '../runtimes/parts/runtime.js';
import { worldlyReason } from '../worldly-reason.js';
import { DqliteClient } from './client.js';

const TIMEOUT_MS = 5000;

/** What is asked and told about who leads, and who belongs to a cluster. */
export interface Membership {
  /** Who leads, as the first node says that knows it; undefined where none does. */
  leaderOf(nodes: readonly Node[]): Promise<Node | undefined>;
  /** Has the leader hand leadership to a node. */
  transfer(nodes: readonly Node[], to: Node): Promise<void>;
  /** Takes a node out of the cluster; returns the id that it had. */
  remove(nodes: readonly Node[], node: Node): Promise<bigint>;
  /** Takes a node into the cluster again, as a voter. */
  add(nodes: readonly Node[], node: Node, id: bigint): Promise<void>;
  /** Whether it is a voter, as the leader says; undefined while there is none. */
  isVoter(nodes: readonly Node[], node: Node): Promise<boolean | undefined>;
}

export const membership: Membership = {
  leaderOf,
  transfer: (nodes, to) => withLeader(nodes, async (leader) => leader.transferTo(await idOf(leader, to))),
  remove: (nodes, node) =>
    withLeader(nodes, async (leader) => {
      const id = await idOf(leader, node);
      await leader.remove(id);
      return id;
    }),
  add: (nodes, node, id) =>
    withLeader(nodes, async (leader) => {
      const members = await leader.members();
      if (!members.has(addressOf(node))) await leader.add(id, addressOf(node));
      await leader.makeVoter(id);
    }),
  async isVoter(nodes, node) {
    if (!(await leaderOf(nodes))) return undefined;
    return withLeader(nodes, async (leader) => (await leader.roles()).get(addressOf(node)) === 'voter');
  },
};

async function leaderOf(nodes: readonly Node[]): Promise<Node | undefined> {
  for (const node of nodes) {
    const address = await asked(node, (client) => client.leader()).catch((error) => {
      worldlyReason(error); // it does not answer, and another may
      return undefined;
    });
    const leader = nodes.find((one) => addressOf(one) === address);
    if (leader) return leader;
  }
  return undefined;
}

async function withLeader<T>(
  nodes: readonly Node[],
  question: (leader: DqliteClient) => Promise<T>,
): Promise<T> {
  // where leadership has just moved, nodes may not know it yet
  const leader = await until(() => leaderOf(nodes), { everyMs: 50, forMs: TIMEOUT_MS });
  if (!leader) throw new Error('no node knows a leader');
  return asked(leader, question);
}

async function asked<T>(node: Node, question: (client: DqliteClient) => Promise<T>): Promise<T> {
  const client = new DqliteClient(node.address, TIMEOUT_MS);
  try {
    return await question(client);
  } finally {
    client.close();
  }
}

async function idOf(leader: DqliteClient, node: Node): Promise<bigint> {
  const id = (await leader.members()).get(addressOf(node));
  if (id === undefined) throw new Error(`${node.name} is no member of the cluster`);
  return id;
}

function addressOf({ address: { host, port } }: Node): string {
  return `${host}:${port}`;
}
