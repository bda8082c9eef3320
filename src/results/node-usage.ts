import { type Estimate, meanEstimate } from './core/interval.js';
import type { Queryable } from './core/query.js';
import { result } from './core/result.js';
import { baselineOf, mainConfigurations } from './derived/configurations.js';

/** What each node used over a run, from its samples. */
export const nodeUsage = result({
  name: 'node_usage',
  version: 1,
  row: 'a node of a run',
  key: ['node'],
  from: 'samples',
  columns: [
    { name: 'node', type: 'VARCHAR', about: 'The node' },
    {
      name: 'cores',
      type: 'DOUBLE',
      unit: 'cores',
      about: 'CPU time used over the time between its first and last sample',
      optional: true,
      minimum: 0,
    },
    {
      name: 'most_memory_bytes',
      type: 'BIGINT',
      unit: 'bytes',
      about: 'The most memory in use in a sample',
      optional: true,
      minimum: 0,
    },
    {
      name: 'major_faults',
      type: 'BIGINT',
      unit: 'faults',
      about: 'Page faults that had to read from disk',
      optional: true,
      minimum: 0,
    },
  ],
  // a counter that fell belongs to a node that was started anew, and counts from 0
  perRun: `
    WITH steps AS (
      SELECT run_id, node, time_ns, memory_bytes,
        cpu_ns - if(cpu_ns >= lag(cpu_ns) OVER w, lag(cpu_ns) OVER w, 0) AS cpu_step,
        major_faults - if(major_faults >= lag(major_faults) OVER w, lag(major_faults) OVER w, 0) AS faults_step,
        row_number() OVER w AS place
      FROM samples WINDOW w AS (PARTITION BY run_id, node ORDER BY time_ns)
    )
    SELECT run_id, node,
      if(max(time_ns) > min(time_ns), sum(cpu_step) FILTER (place > 1)::DOUBLE / (max(time_ns) - min(time_ns)), NULL) AS cores,
      max(memory_bytes) AS most_memory_bytes, sum(faults_step) FILTER (place > 1)::BIGINT AS major_faults
    FROM steps GROUP BY run_id, node`,
});

/** The cores that the leader used beside a number of burners, 0 for none. */
export interface CoresBeside {
  burners: number;
  cores: Estimate;
}

/** How much CPU the leader, which is the driver too, got beside each number of burners. */
export async function coresBesideBurners(data: Queryable): Promise<CoresBeside[]> {
  const all = await mainConfigurations(data);
  const burnt = all.filter((one) => one.fault === 'cpu-contention' && one.target_role === 'leader');
  const base = burnt[0] && baselineOf(burnt[0], all);
  const rows = await data.query<{ run_id: string; cores: number }>(
    `SELECT run_id, cores FROM node_usage JOIN runs USING (run_id)
     WHERE node = driver_node AND driver_role = 'leader' AND cores IS NOT NULL`,
  );
  const cores = new Map(rows.map((row) => [row.run_id, row.cores]));
  return [...(base ? [base] : []), ...burnt].flatMap((one) => {
    const values = one.trials.flatMap(({ run_id }) => cores.get(run_id) ?? []);
    return values.length > 0 ? [{ burners: one.severity ?? 0, cores: meanEstimate(values) }] : [];
  });
}
