import type { Queryable } from '../core/query.js';
import type { OneRun } from './run.js';

/** A span of a run, by when operations ended (errors, which have no duration: when they started). */
export interface Bucket {
  /** Start of the span, in s from the start of the workload. */
  time_s: number;
  ok_per_s: number;
  errors_per_s: number;
  /** Of the operations that succeeded; null where none did. */
  p50_ms: number | null;
  p99_ms: number | null;
  /** The slowest that succeeded; null where none did. */
  max_ms: number | null;
}

const WIDTHS = [1, 0.5, 0.25, 0.1, 0.05, 0.02];

/** Bucket width in s: at most 1, and an eighth of the outage where there is one. */
export function bucketWidth(outage_s: number | null): number {
  if (outage_s === null || outage_s <= 0) return 1;
  return WIDTHS.find((width) => width <= outage_s / 8) ?? WIDTHS.at(-1)!;
}

/** Rates and latencies over a run, in whole buckets of `width_s`; a bucket in which nothing ended has zeros. */
export function timeline(data: Queryable, run: OneRun, width_s: number): Promise<Bucket[]> {
  return data.query<Bucket>(
    `WITH ended AS (
       SELECT (start_ns + coalesce(latency_ns, 0) - $start::BIGINT) // $width_ns::BIGINT AS bucket, outcome, latency_ns
       FROM operations WHERE run_id = $run AND outcome <> 'censored'
     ), counted AS (
       SELECT bucket, count(*) FILTER (outcome = 'ok') AS ok, count(*) FILTER (outcome <> 'ok') AS errors,
         quantile_disc(latency_ns, [0.5, 0.99]) FILTER (outcome = 'ok') AS p,
         max(latency_ns) FILTER (outcome = 'ok') AS slowest
       FROM ended GROUP BY bucket
     )
     SELECT b.bucket::DOUBLE * $width AS time_s, coalesce(ok, 0)::DOUBLE / $width AS ok_per_s,
       coalesce(errors, 0)::DOUBLE / $width AS errors_per_s,
       p[1]::DOUBLE / 1e6 AS p50_ms, p[2]::DOUBLE / 1e6 AS p99_ms,
       slowest::DOUBLE / 1e6 AS max_ms
     FROM (SELECT unnest(range($buckets::BIGINT)) AS bucket) b LEFT JOIN counted USING (bucket) ORDER BY b.bucket`,
    {
      run: run.run_id,
      start: run.start_ns,
      width: width_s,
      width_ns: Math.round(width_s * 1e9),
      buckets: Math.floor(run.duration_s / width_s + 1e-9),
    },
  );
}
