import { groupBy } from '../common/group.js';
import type { Configuration } from './configurations.js';
import { type Estimate, meanEstimate } from './interval.js';
import type { OneRun } from './one-run.js';
import type { Queryable } from './question.js';

/** The latency below which a share of a configuration's successful reads lies. */
export interface Percentile {
  /** Between 0 and 1. */
  share: number;
  /** Mean over trials of each trial's percentile, in ms. */
  latency_ms: Estimate;
}

/** Evenly spaced on a log-percentile axis: 0 to 99.99 %. */
export const SHARES = Array.from({ length: 41 }, (_, i) => 1 - 10 ** (-i / 10));

/**
 * Percentiles of the latency of successful reads for each configuration. A share beyond what a trial's count can tell
 * (fewer than one read above it) is left out.
 */
export async function readPercentiles(
  data: Queryable,
  all: readonly Configuration[],
): Promise<Percentile[][]> {
  const ids = all.flatMap((one) => one.trials.map((trial) => trial.run_id));
  const rows = await data.query<{
    run_id: string;
    reads: number;
    latencies: { items: (number | null)[] } | (number | null)[];
  }>(
    `SELECT run_id, count(*)::DOUBLE AS reads, quantile_disc(latency_ns, [${SHARES.join(', ')}])::DOUBLE[] AS latencies
     FROM operations WHERE op = 'query' AND outcome = 'ok' AND list_contains(string_split($ids, chr(10)), run_id)
     GROUP BY run_id`,
    { ids: ids.join('\n') },
  );
  const known = rows.map((row) => ({ ...row, latencies: listOf(row.latencies) }));
  const byRun = new Map([...known, ...(await keptPercentiles(data))].map((row) => [row.run_id, row]));
  return all.map((one) =>
    SHARES.flatMap((share, i): Percentile[] => {
      const values = one.trials.flatMap((trial) => {
        const row = byRun.get(trial.run_id);
        if (!row || row.reads * (1 - share) < 1) return [];
        return [row.latencies[i]! / 1e6];
      });
      return values.length === one.trials.length ? [{ share, latency_ms: meanEstimate(values) }] : [];
    }),
  );
}

interface RunPercentiles {
  run_id: string;
  reads: number;
  /** In ns, in the order of SHARES. */
  latencies: (number | null)[];
}

/** Those of runs whose operations were left out. */
async function keptPercentiles(data: Queryable): Promise<RunPercentiles[]> {
  const rows = await data.query<{ run_id: string; reads: number; share: number; latency: number }>(
    `SELECT run_id, n::DOUBLE AS reads, share, p.latency_ns::DOUBLE AS latency
     FROM percentiles p JOIN tallies t USING (run_id, op) WHERE op = 'query' AND outcome = 'ok'`,
  );
  return [...groupBy(rows, (row) => row.run_id)].map(([run_id, group]) => ({
    run_id,
    reads: group[0]!.reads,
    latencies: SHARES.map((share) => group.find((row) => row.share === share)?.latency ?? null),
  }));
}

function listOf(latencies: { items: (number | null)[] } | (number | null)[]): (number | null)[] {
  return Array.isArray(latencies) ? latencies : latencies.items;
}

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
