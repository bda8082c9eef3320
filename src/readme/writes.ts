import type { Queryable } from '../analysis/question.js';
import { tally } from '../analysis/tally.js';
import { markdown } from './markdown.js';

interface Counts {
  scenario: string;
  runs: string[];
  lost: number;
  more: number;
}

/** What became of writes in each scenario, and whether the cluster held them all when it was counted afterwards. */
export async function writesTable(data: Queryable): Promise<string> {
  const scenarios = await data.query<Counts>(
    `SELECT scenario, list(run_id) AS runs, count(*) FILTER (rows_found < acknowledged_writes)::INTEGER AS lost,
       count(*) FILTER (flags LIKE '%writes_disagree%')::INTEGER AS more
     FROM runs WHERE status = 'complete' GROUP BY scenario ORDER BY scenario`,
  );
  const writes = (await tally(data)).filter(({ op }) => op === 'exec');
  return markdown(
    [
      'scenario',
      'runs',
      'writes acknowledged',
      'writes refused as locked',
      'share of all writes',
      'runs that lost a write',
      'runs with a row too many',
    ],
    scenarios.map(({ scenario, runs, lost, more }) => {
      const mine = new Set(runs);
      const of = (fits: (row: (typeof writes)[number]) => boolean) =>
        writes.reduce((sum, row) => sum + (mine.has(row.run_id) && fits(row) ? row.n : 0), 0);
      const locked = of((row) => row.error_class === 'locked');
      const share = `${((100 * locked) / of(() => true)).toFixed(0)} %`;
      const acknowledged = of((row) => row.outcome === 'ok');
      return [scenario, ...[runs.length, acknowledged, locked, share, lost, more].map(String)];
    }),
  );
}
