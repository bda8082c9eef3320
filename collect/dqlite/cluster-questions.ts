import { startIn } from '../load/client-start.js';
import type { Cluster, Node } from '../runtimes/parts/runtime.js';
import { worldlyReason } from '../worldly-reason.js';
import { DqliteClient, type MemberRole } from './client.js';

const DATABASE = 'benchmark';

/** Whether a write of the workload has succeeded. */
export async function workloadHasBegun(leader: Node): Promise<boolean> {
  const rows = await ask(leader, 'SELECT 1 FROM model LIMIT 1');
  return rows !== undefined && rows.length > 0;
}

/**
 * Whether the members of a cluster have these roles, the n-th node the n-th, as the first node sees it: a fault is to meet
 * the cluster it was planned for.
 */
export async function haveRoles(nodes: readonly Node[], roles: readonly MemberRole[]): Promise<boolean> {
  const seen = await answered(nodes[0]!, 1000, (client) => client.roles());
  return roles.every((role, i) => seen?.get(addressOf(nodes[i]!)) === role);
}

/** When the client's first operation was due, Unix time in whole ms by the clock here; undefined as long as it has not said so. */
export async function clientStart(cluster: Cluster): Promise<number | undefined> {
  const start = startIn(await cluster.log(cluster.driver));
  const clock = cluster.clocks?.().find(({ node }) => node === cluster.driver.name);
  return start === undefined ? undefined : Math.round(start - Number(clock?.offsetNs ?? 0n) / 1e6);
}

/** The rows in the cluster; undefined while no other node than the driver, which ends, leads. */
export async function countRows(leader: Node | null, driver: Node): Promise<number | undefined> {
  if (!leader || leader === driver) return undefined;
  const [rows] = (await ask(leader, 'SELECT count(*) FROM model')) ?? [];
  return rows === undefined ? undefined : Number(rows);
}

function addressOf({ address: { host, port } }: Node): string {
  return `${host}:${port}`;
}

/** Whether a node answers that there is a leader. */
export async function knowsLeader(node: Node): Promise<boolean> {
  return (await answered(node, 500, (client) => client.leader())) !== undefined;
}

/**
 * Hands leadership from the driver, whose process is about to end, to another member that runs; best not one that was
 * hit. Whether it did: not where the driver does not lead, or no member takes it.
 */
export async function handOver(
  cluster: Cluster,
  leader: Node | null,
  hit: readonly Node[],
): Promise<boolean> {
  if (leader !== cluster.driver) return false;
  const others = cluster.nodes.filter((node) => node !== leader);
  const best = others.toSorted((a, b) => Number(hit.includes(a)) - Number(hit.includes(b)));
  const running: Node[] = [];
  for (const node of best) if ((await cluster.state(node)).running) running.push(node);
  const done = await answered(leader, 2000, async (client) => {
    const members = await client.members();
    const ids = running.flatMap(({ address: { host, port } }) => members.get(`${host}:${port}`) ?? []);
    if (ids[0] !== undefined) await client.transferTo(ids[0]);
    return ids.length > 0;
  });
  return done ?? false;
}

function ask(node: Node, sql: string): Promise<bigint[] | undefined> {
  return answered(node, 1000, (client) => client.queryIntegers(DATABASE, sql));
}

/** What a node answers; undefined where it does not, or refuses. */
async function answered<T>(
  node: Node,
  timeoutMs: number,
  question: (client: DqliteClient) => Promise<T>,
): Promise<T | undefined> {
  const client = new DqliteClient(node.address, timeoutMs);
  try {
    return await question(client);
  } catch (error) {
    worldlyReason(error);
    return undefined;
  } finally {
    client.close();
  }
}
