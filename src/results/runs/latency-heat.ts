import type { Queryable } from '../core/query.js';
import type { OneRun } from './run.js';

/** How many successful operations ended in a span of a run with a latency in a range. */
export interface HeatCell {
  time_s: number;
  /** Lower and upper end of the range in ms; ranges are equally wide on a logarithmic axis. */
  from_ms: number;
  to_ms: number;
  operations: number;
}

const RANGES_PER_DECADE = 8;

/** The counts of a run's successful operations by time and latency; cells without any are left out. */
export function latencyHeat(data: Queryable, run: OneRun, width_s: number): Promise<HeatCell[]> {
  return data.query<HeatCell>(
    `SELECT bucket::DOUBLE * $width AS time_s, 10 ** (range / ${RANGES_PER_DECADE}.0) AS from_ms,
       10 ** ((range + 1) / ${RANGES_PER_DECADE}.0) AS to_ms, count(*)::DOUBLE AS operations
     FROM (
       SELECT (start_ns + latency_ns - $start::BIGINT) // $width_ns::BIGINT AS bucket,
         floor(log10(greatest(latency_ns, 1) / 1e6) * ${RANGES_PER_DECADE})::INTEGER AS range
       FROM operations WHERE run_id = $run AND outcome = 'ok'
     )
     WHERE bucket >= 0 AND bucket * $width < $duration
     GROUP BY bucket, range ORDER BY bucket, range`,
    {
      run: run.run_id,
      start: run.start_ns,
      width: width_s,
      width_ns: Math.round(width_s * 1e9),
      duration: run.duration_s,
    },
  );
}
