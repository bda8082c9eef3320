import type { LeftOut } from '../dataset/rewrite/rewrite.js';
import type { Row } from '../dataset/schema.js';
import { SHARES } from './latency.js';
import { outageTrials } from './outage.js';
import { MissingData, type Queryable } from './question.js';
import { SHARES as SUMMARY_SHARES } from './summary.js';
import { tally } from './tally.js';
import { type Window, windows } from './window.js';

/** What the operations of these runs came to, for a dataset that will have the runs without them. */
export async function standIns(data: Queryable, runs: ReadonlySet<string>): Promise<Omit<LeftOut, 'runs'>> {
  const mine = <R extends { run_id: string }>(rows: readonly R[]) =>
    rows.filter((row) => runs.has(row.run_id));
  const lost = [...(await outageTrials(data, 'leader')), ...(await outageTrials(data, 'follower'))];
  return {
    tallies: mine(await tally(data)).map((row) => ({
      ...row,
      latency_ns: row.latency_ns === null ? null : BigInt(row.latency_ns),
    })),
    percentiles: await percentilesOf(data, runs),
    windows: mine(await windowsOf(data)).map(
      ({ run_id, from_s, to_s, seconds, reads_per_s, p99_ms, p99_at_least }) => ({
        run_id,
        from_s,
        to_s,
        seconds,
        reads_per_s,
        p99_ms,
        p99_at_least,
      }),
    ),
    outages: mine(lost).map(({ run_id, outage_s, recovered, longest_gap_s }) => ({
      run_id,
      outage_s,
      recovered,
      longest_gap_s,
    })),
  };
}

/** Of both kinds of operation the percentiles of a summary and the maximum, of reads also those of a distribution. */
async function percentilesOf(data: Queryable, runs: ReadonlySet<string>): Promise<Row<'percentiles'>[]> {
  const shares = [...new Set([...SHARES, ...SUMMARY_SHARES, 1])];
  const rows = await data.query<Omit<Row<'percentiles'>, 'share'> & { place: number }>(
    `SELECT run_id, op, unnest(range(${shares.length})) AS place,
       unnest(quantile_disc(latency_ns, [${shares.join(', ')}])) AS latency_ns
     FROM operations WHERE outcome = 'ok' AND list_contains(string_split($runs, chr(10)), run_id) GROUP BY run_id, op`,
    { runs: [...runs].join('\n') },
  );
  return rows
    .map(({ place, ...row }) => ({ ...row, share: shares[place]! }))
    .filter(({ op, share }) => op === 'query' || share === 1 || SUMMARY_SHARES.includes(share));
}

async function windowsOf(data: Queryable): Promise<Window[]> {
  try {
    return await windows(data);
  } catch (error) {
    if (error instanceof MissingData) return []; // no complete run, so none to compare
    throw error;
  }
}
