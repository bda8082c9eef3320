import { groupBy } from '../common/group.js';
import { OPS } from '../vocabulary/outcomes.js';
import { type Estimate, meanEstimate } from './core/interval.js';
import { cached, type Queryable } from './core/query.js';
import { result } from './core/result.js';
import type { Configuration } from './derived/configurations.js';

/** Of a distribution: evenly spaced on a log-percentile axis, 0 to 99.99 %. Reads have them. */
export const SHARES: readonly number[] = Array.from({ length: 41 }, (_, i) => 1 - 10 ** (-i / 10));

/** Of a summary. Reads and writes have them, and the maximum. */
export const SUMMARY_SHARES: readonly number[] = [0.5, 0.9, 0.99, 0.999];
export const MAXIMUM = 1;

const ALL = [...new Set([...SHARES, ...SUMMARY_SHARES, MAXIMUM])];

/** A number as a literal that DuckDB reads as exactly this double. */
export const double = (value: number) => value.toExponential();

export const percentiles = result({
  name: 'percentiles',
  version: 1,
  row: 'a latency that a share of the successful operations of a run did not exceed',
  key: ['op', 'share'],
  large: true,
  columns: [
    { name: 'op', type: 'VARCHAR', about: 'exec is a write, query a read', oneOf: OPS },
    { name: 'share', type: 'DOUBLE', about: 'Between 0 and 1, by nearest rank', minimum: 0 },
    { name: 'latency_ns', type: 'BIGINT', unit: 'ns', about: 'A latency that occurred', minimum: 0 },
  ],
  perRun: `
    SELECT * FROM (
      SELECT run_id, op, unnest([${ALL.map(double).join(', ')}]) AS share,
        unnest(quantile_disc(latency_ns, [${ALL.join(', ')}])) AS latency_ns
      FROM operations WHERE outcome = 'ok' GROUP BY run_id, op)
    WHERE op = 'query' OR share IN (${[...SUMMARY_SHARES, MAXIMUM].map(double).join(', ')})`,
});

/** The latency below which a share of a configuration's successful reads lies. */
export interface Percentile {
  /** Between 0 and 1. */
  share: number;
  /** Mean over trials of each trial's percentile, in ms. */
  latency_ms: Estimate;
}

/**
 * Percentiles of the latency of successful reads for each configuration. A share beyond what a trial's count can tell
 * (fewer than one read above it) is left out.
 */
export async function readPercentiles(
  data: Queryable,
  all: readonly Configuration[],
): Promise<Percentile[][]> {
  const byRun = await readsByRun(data);
  return all.map((one) =>
    SHARES.flatMap((share): Percentile[] => {
      const values = one.trials.flatMap((trial) => {
        const run = byRun.get(trial.run_id);
        const latency = run?.latencies.get(share);
        return run === undefined || latency === undefined || run.reads * (1 - share) < 1
          ? []
          : [latency / 1e6];
      });
      return values.length === one.trials.length ? [{ share, latency_ms: meanEstimate(values) }] : [];
    }),
  );
}

/** Of each run its number of successful reads and their latencies in ns, by share. */
const readsByRun = cached(async (data) => {
  const rows = await data.query<{ run_id: string; reads: number; share: number; latency: number }>(
    `SELECT run_id, n AS reads, share, p.latency_ns::DOUBLE AS latency
     FROM percentiles p JOIN outcomes o USING (run_id, op) WHERE op = 'query' AND outcome = 'ok'`,
  );
  return new Map(
    [...groupBy(rows, (row) => row.run_id)].map(([run_id, group]) => [
      run_id,
      { reads: group[0]!.reads, latencies: new Map(group.map((row) => [row.share, row.latency])) },
    ]),
  );
});
