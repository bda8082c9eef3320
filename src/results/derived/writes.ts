import { cached } from '../core/query.js';
import { FINAL } from '../core/setting.js';

/** What became of a run's writes, and of the rows that they should have left. */
export interface RunWrites {
  run_id: string;
  scenario: string;
  acknowledged: number;
  locked: number;
  /** Writes of which nobody can tell whether they happened. */
  in_doubt: number;
  tried: number;
  /** Rows in the cluster after the run, with quorum back; null where they were not counted. */
  rows_found: number | null;
  /** Acknowledged writes that net row counts show to be missing. */
  lost: number;
  /** Rows that neither acknowledged writes nor those in doubt explain. */
  unexplained: number;
}

/** The writes of every complete run, by run_id. */
export const runWrites = cached((data) =>
  data.query<RunWrites>(
    `WITH counted AS (
       SELECT run_id, coalesce(sum(n) FILTER (outcome = 'ok'), 0) AS acknowledged,
         coalesce(sum(n) FILTER (error_class = 'locked'), 0) AS locked,
         coalesce(sum(n) FILTER (outcome IN ('indeterminate', 'censored')), 0) AS in_doubt,
         coalesce(sum(n), 0) AS tried
       FROM outcomes WHERE op = 'exec' GROUP BY run_id
     )
     SELECT run_id, scenario, coalesce(acknowledged, 0)::DOUBLE AS acknowledged, coalesce(locked, 0)::DOUBLE AS locked,
       coalesce(in_doubt, 0)::DOUBLE AS in_doubt, coalesce(tried, 0)::DOUBLE AS tried, rows_found,
       greatest(coalesce(acknowledged - rows_found, 0), 0)::DOUBLE AS lost,
       greatest(coalesce(rows_found - acknowledged - in_doubt, 0), 0)::DOUBLE AS unexplained
     FROM runs LEFT JOIN counted USING (run_id) WHERE status = 'complete' AND ${FINAL} ORDER BY run_id`,
  ),
);
