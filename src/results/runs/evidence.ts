import type { RowOf, TABLES } from '../../dataset/schema.js';
import { cached, type Queryable } from '../core/query.js';

export type Evidence = RowOf<(typeof TABLES)['evidence']>;

/** The measurements that were to confirm the fault of each run, by run_id. */
export const evidenceByRun = cached(async (data) => {
  const rows = await data.query<Evidence>('SELECT * FROM evidence ORDER BY run_id, metric, node');
  const byRun = new Map<string, Evidence[]>();
  for (const row of rows) byRun.set(row.run_id, [...(byRun.get(row.run_id) ?? []), row]);
  return byRun;
});

/** The runs in which the kernel killed a node for its memory. */
export async function killedForMemory(data: Queryable): Promise<ReadonlySet<string>> {
  const killed = [...(await evidenceByRun(data))].filter(([, measured]) =>
    measured.some(({ metric }) => metric === 'memory_kills'),
  );
  return new Set(killed.map(([run]) => run));
}
