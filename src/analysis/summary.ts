import type { Op } from '../vocabulary/outcomes.js';
import type { Queryable } from './question.js';

/** A run's operations of one kind. Times are in ms; those of successful operations, null where there are none. */
export interface SummaryRow {
  run_id: string;
  scenario: string;
  op: Op;
  n_ok: number;
  n_fail: number;
  n_indeterminate: number;
  n_censored: number;
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

/** The shares of its percentiles. */
export const SHARES: readonly number[] = [0.5, 0.9, 0.99, 0.999];

/** A row for each run and kind of operation that it tried, by run and op. Failed runs have none. */
export function summary(dataset: Queryable): Promise<SummaryRow[]> {
  return dataset.query<SummaryRow>(`
    with ordered as (
      select run_id, op, quantile_disc(latency_ns, [${SHARES.join(', ')}]) as quantiles, max(latency_ns) / 1e6 as max_ms
      from operations
      group by run_id, op
      union all
      select run_id, op,
        list(latency_ns order by share) filter (share in (${SHARES.join(', ')})),
        max(latency_ns) / 1e6
      from percentiles
      group by run_id, op
    ), counted as (
      select run_id, op,
        coalesce(sum(n) filter (outcome = 'ok'), 0) as n_ok,
        coalesce(sum(n) filter (outcome = 'fail'), 0) as n_fail,
        coalesce(sum(n) filter (outcome = 'indeterminate'), 0) as n_indeterminate,
        coalesce(sum(n) filter (outcome = 'censored'), 0) as n_censored,
        sum(latency_ns) / sum(n) filter (outcome = 'ok') / 1e6 as mean_ms
      from counts
      group by run_id, op
    )
    select run_id, scenario, op, n_ok, n_fail, n_indeterminate, n_censored,
      n_ok / duration_s as throughput_per_s,
      mean_ms,
      quantiles[1] / 1e6 as p50_ms,
      quantiles[2] / 1e6 as p90_ms,
      quantiles[3] / 1e6 as p99_ms,
      quantiles[4] / 1e6 as p999_ms,
      max_ms
    from counted left join ordered using (run_id, op) join runs using (run_id)
    order by run_id, op`);
}
