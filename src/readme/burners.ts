import { baselineOf, mainConfigurations } from '../analysis/configurations.js';
import { meanEstimate } from '../analysis/interval.js';
import type { Queryable } from '../analysis/question.js';
import { withInterval } from './markdown.js';

/** How much CPU the leader got beside each number of burners. */
export async function burnersWords(data: Queryable): Promise<string> {
  const all = await mainConfigurations(data);
  const burnt = all.filter((one) => one.fault === 'cpu-contention' && one.target_role === 'leader');
  const base = burnt[0] && baselineOf(burnt[0], all);
  const rows = await data.query<{ run_id: string; cores: number }>(
    `SELECT run_id, (max(cpu_ns) - min(cpu_ns))::DOUBLE / (max(time_ns) - min(time_ns)) AS cores
     FROM samples JOIN runs USING (run_id) WHERE node = driver_node AND driver_role = 'leader' GROUP BY run_id`,
  );
  const cores = new Map(rows.map((row) => [row.run_id, row.cores]));
  const words = [...(base ? [base] : []), ...burnt].map((one) => {
    const values = one.trials.flatMap(({ run_id }) => cores.get(run_id) ?? []);
    const beside = one.fault === 'none' ? 'no burner' : `${one.severity}`;
    return `${withInterval(meanEstimate(values))} beside ${beside}`;
  });
  return `Cores that the leader used: ${words.join(', ')}.`;
}
