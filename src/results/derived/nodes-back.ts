import type { Row } from '../../dataset/schema.js';
import { cached } from '../core/query.js';

/** A run whose faults were lifted. */
export interface NodesBack extends Pick<Row<'runs'>, 'run_id' | 'scenario' | 'debian_release'> {
  /** Whether, before the run's end, each node that had been hit knew the leader again. */
  readonly back: boolean;
}

/** Whether the nodes came back, for each run with faults that were all to end; empty where there is none. */
export const nodesBack = cached((data) =>
  data.query<NodesBack>(
    `SELECT run_id, scenario, debian_release,
       count(*) FILTER (event = 'recovered') >= count(*) FILTER (event = 'fault_lifted') AS back
     FROM runs JOIN events USING (run_id)
     WHERE status = 'complete'
     GROUP BY ALL HAVING count(*) FILTER (event = 'fault_lifted') > 0 ORDER BY run_id`,
  ),
);
