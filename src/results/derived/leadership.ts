import type { Row } from '../../dataset/schema.js';
import { cached } from '../core/query.js';
import { USABLE } from '../core/setting.js';

/** Who led while a fault lasted; of several, the last. */
export interface Leadership extends Pick<Row<'runs'>, 'run_id' | 'scenario' | 'fault' | 'debian_release'> {
  /** For how long, in s, no node said that there is a leader. */
  readonly without_s: number;
  /** Who led when it was injected, and when it was lifted or the workload ended; null: nobody. */
  readonly before: string | null;
  readonly after: string | null;
  /** How long after that, in s, no node said any more that there is a leader; null where that did not happen in the workload. */
  readonly lost_later_s: number | null;
}

/** Who led during the fault, for each usable run of the client with one; empty where there is none. */
export const leadership = cached((data) =>
  data.query<Leadership>(
    `WITH ended AS (
       SELECT run_id, max(time_ns) FILTER (event = 'fault_injected') AS from_ns,
         max(time_ns) FILTER (event = 'fault_lifted') AS lift_ns, max(time_ns) FILTER (event = 'workload_ended') AS end_ns
       FROM events GROUP BY run_id
     ), span AS (
       SELECT run_id, from_ns, end_ns, least(coalesce(lift_ns, end_ns), end_ns) AS to_ns FROM ended WHERE from_ns IS NOT NULL
     ), led AS (
       SELECT run_id, node, time_ns, lead(time_ns) OVER (PARTITION BY run_id ORDER BY time_ns) AS next_ns
       FROM events WHERE event = 'leader_changed'
     )
     SELECT run_id, scenario, fault, debian_release,
       coalesce(sum(greatest(least(coalesce(next_ns, to_ns), to_ns) - greatest(time_ns, from_ns), 0))
         FILTER (node IS NULL), 0)::DOUBLE / 1e9 AS without_s,
       arg_max_null(node, time_ns) FILTER (time_ns <= from_ns) AS before,
       arg_max_null(node, time_ns) FILTER (time_ns <= to_ns) AS after,
       min(time_ns - to_ns) FILTER (node IS NULL AND time_ns > to_ns AND time_ns <= end_ns)::DOUBLE / 1e9 AS lost_later_s
     FROM runs JOIN span USING (run_id) LEFT JOIN led USING (run_id)
     WHERE ${USABLE} AND driver_role = 'client'
     GROUP BY ALL ORDER BY run_id`,
  ),
);
