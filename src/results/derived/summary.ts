import type { Op } from '../../vocabulary/outcomes.js';
import type { Queryable } from '../core/query.js';
import { double, MAXIMUM, SUMMARY_SHARES } from '../percentiles.js';

/**
 * A run's operations of one kind. Times are in ms; those of successful operations, null where there are none. Those of the
 * client are from when operations were due; its mean is not kept, and what nobody can tell is indeterminate.
 */
export interface SummaryRow {
  run_id: string;
  scenario: string;
  op: Op;
  n_ok: number;
  n_fail: number;
  n_indeterminate: number;
  n_censored: number;
  /** Of the client: those that were never tried. */
  n_dropped: number;
  /** Successful operations over the planned length of the workload. */
  throughput_per_s: number;
  mean_ms: number | null;
  /** Percentiles by nearest rank: each is a latency that occurred. */
  p50_ms: number | null;
  p90_ms: number | null;
  p99_ms: number | null;
  p999_ms: number | null;
  max_ms: number | null;
}

/** A row for each run and kind of operation that it tried, by run and op. Failed runs have none. */
export function summary(dataset: Queryable): Promise<SummaryRow[]> {
  const percentile = (share: number) => `(max(latency_ns) FILTER (share = ${double(share)}))::BIGINT / 1e6`;
  return dataset.query<SummaryRow>(`
    WITH ordered AS (
      SELECT run_id, op, ${[...SUMMARY_SHARES, MAXIMUM].map((share, i) => `${percentile(share)} AS p${i}`).join(', ')}
      FROM percentiles GROUP BY run_id, op
      UNION ALL BY NAME
      SELECT run_id, if(kind = 'read', 'query', 'exec') AS op,
        ${[...SUMMARY_SHARES, MAXIMUM].map((share, i) => `(max(time_ns) FILTER (share = ${double(share)}))::BIGINT / 1e6 AS p${i}`).join(', ')}
      FROM response_times WHERE part = 'all' AND since = 'due' GROUP BY run_id, kind
    ), counted AS (
      SELECT run_id, op,
        coalesce(sum(n) FILTER (outcome = 'ok'), 0) AS n_ok,
        coalesce(sum(n) FILTER (outcome = 'fail'), 0) AS n_fail,
        coalesce(sum(n) FILTER (outcome = 'indeterminate'), 0) AS n_indeterminate,
        coalesce(sum(n) FILTER (outcome = 'censored'), 0) AS n_censored,
        0 AS n_dropped, sum(latency_ns) / sum(n) FILTER (outcome = 'ok') / 1e6 AS mean_ms
      FROM outcomes GROUP BY run_id, op
      UNION ALL BY NAME
      SELECT run_id, if(kind = 'read', 'query', 'exec') AS op, sum(ok) AS n_ok, sum(fail) AS n_fail,
        sum(unknown) AS n_indeterminate, 0 AS n_censored, sum(dropped) AS n_dropped, NULL AS mean_ms
      FROM service GROUP BY run_id, kind
    )
    SELECT run_id, scenario, op, n_ok, n_fail, n_indeterminate, n_censored, n_dropped, n_ok / duration_s AS throughput_per_s,
      mean_ms, p0 AS p50_ms, p1 AS p90_ms, p2 AS p99_ms, p3 AS p999_ms, p4 AS max_ms
    FROM counted LEFT JOIN ordered USING (run_id, op) JOIN runs USING (run_id)
    ORDER BY run_id, op`);
}

/** The runs of which nothing is known but that they were made, each with its reason where there is one. */
export function runsWithoutOperations(
  dataset: Queryable,
): Promise<{ run_id: string; status_reason: string | null }[]> {
  return dataset.query(
    'SELECT run_id, status_reason FROM runs WHERE run_id NOT IN (SELECT run_id FROM outcomes UNION SELECT run_id FROM service) ORDER BY run_id',
  );
}
