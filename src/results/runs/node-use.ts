import { MissingData, type Queryable } from '../core/query.js';
import type { OneRun } from './run.js';

/** What a node used between a sample and the one before it. Rates are null for its first sample. */
export interface NodeUse {
  /** Of the later sample, in s from the start of the workload. */
  time_s: number;
  node: string;
  /** CPU time used, in cores. */
  cpu_cores: number | null;
  /** Time held back by a CPU limit, as a share of the time that passed; of several threads it can be above 1. */
  throttled: number | null;
  memory_bytes: number | null;
  memory_limit_bytes: number | null;
}

/** What each node used during a run's workload. A counter that fell (the node was started anew) gives no rate. */
export async function nodeUse(data: Queryable, run: OneRun): Promise<NodeUse[]> {
  const rows = await data.query<NodeUse>(
    `WITH steps AS (
       SELECT *, (time_ns - lag(time_ns) OVER w)::DOUBLE AS passed_ns, cpu_ns - lag(cpu_ns) OVER w AS cpu_step,
         cpu_throttled_ns - lag(cpu_throttled_ns) OVER w AS throttled_step
       FROM samples WHERE run_id = $run WINDOW w AS (PARTITION BY node ORDER BY time_ns)
     )
     SELECT (time_ns - $start::BIGINT)::DOUBLE / 1e9 AS time_s, node,
       if(cpu_step >= 0 AND passed_ns > 0, cpu_step / passed_ns, NULL) AS cpu_cores,
       if(throttled_step >= 0 AND passed_ns > 0, throttled_step / passed_ns, NULL) AS throttled,
       memory_bytes::DOUBLE AS memory_bytes, memory_limit_bytes::DOUBLE AS memory_limit_bytes
     FROM steps WHERE time_ns BETWEEN $start::BIGINT AND $start::BIGINT + ($duration * 1e9)::BIGINT
     ORDER BY node, time_ns`,
    { run: run.run_id, start: run.start_ns, duration: run.duration_s },
  );
  if (rows.length === 0) throw new MissingData(`run ${run.run_id} has no samples`);
  return rows;
}
