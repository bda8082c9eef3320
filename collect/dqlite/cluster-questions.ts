import type { Cluster, Node } from '../runtimes/runtime.js';
import { DqliteClient } from './client.js';

const DATABASE = 'benchmark';

/** Whether a write of the workload has succeeded. */
export async function workloadHasBegun(leader: Node): Promise<boolean> {
  const rows = await ask(leader, 'SELECT 1 FROM model LIMIT 1').catch(() => []);
  return rows.length > 0;
}

/** The rows in the cluster; undefined while no other node than the driver, which ends, leads. */
export async function countRows(leader: Node | null, driver: Node): Promise<number | undefined> {
  if (!leader || leader === driver) return undefined;
  const rows = await ask(leader, 'SELECT count(*) FROM model').catch(() => []);
  return rows[0] === undefined ? undefined : Number(rows[0]);
}

/** Hands leadership from the driver, whose process is about to end, to another member that runs; best not one that was hit. */
export async function handOver(cluster: Cluster, leader: Node | null, hit: Node | null): Promise<void> {
  if (leader !== cluster.driver) return;
  const client = new DqliteClient(leader.address, 2000);
  try {
    const members = await client.members();
    const unharmedFirst = cluster.nodes.toSorted((a, b) => Number(a === hit) - Number(b === hit));
    for (const node of unharmedFirst) {
      const id = members.get(`${node.address.host}:${node.address.port}`);
      if (node === leader || id === undefined || !(await cluster.state(node)).running) continue;
      await client.transferTo(id);
      return;
    }
  } finally {
    client.close();
  }
}

async function ask(node: Node, sql: string): Promise<bigint[]> {
  const client = new DqliteClient(node.address, 1000);
  try {
    return await client.queryIntegers(DATABASE, sql);
  } finally {
    client.close();
  }
}
