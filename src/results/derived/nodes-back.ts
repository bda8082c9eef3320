import type { Row } from '../../dataset/schema.js';
import { cached } from '../core/query.js';

/** A run whose faults were lifted. */
export interface NodesBack extends Pick<Row<'runs'>, 'run_id' | 'scenario' | 'debian_release'> {
  /** Whether, before the run's end, each node that had been hit knew the leader again. */
  readonly back: boolean;
  /** How long after its last lift the last of them knew it, in s; null where one did not. */
  readonly back_s: number | null;
}

/** Whether the nodes came back, for each run with faults that were all to end; empty where there is none. */
export const nodesBack = cached((data) =>
  data.query<NodesBack>(
    `WITH hit AS (
       SELECT run_id, node, max(time_ns) FILTER (event = 'fault_lifted') AS lifted_ns,
         max(time_ns) FILTER (event = 'recovered') AS recovered_ns
       FROM events GROUP BY run_id, node HAVING lifted_ns IS NOT NULL
     )
     SELECT run_id, scenario, debian_release, bool_and(coalesce(recovered_ns >= lifted_ns, false)) AS back,
       if(back, max(recovered_ns - lifted_ns)::DOUBLE / 1e9, NULL) AS back_s
     FROM runs JOIN hit USING (run_id) WHERE status = 'complete'
     GROUP BY ALL ORDER BY run_id`,
  ),
);
