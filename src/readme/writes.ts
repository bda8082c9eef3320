import { groupBy } from '../common/group.js';
import type { Queryable } from '../results/core/query.js';
import { type RunWrites, runWrites } from '../results/derived/writes.js';
import { markdown } from './markdown.js';

/** What became of writes in each scenario, and whether the cluster held them all when it was counted afterwards. */
export async function writesTable(data: Queryable): Promise<string> {
  const scenarios = groupBy(await runWrites(data), (run) => run.scenario);
  const rows = [...scenarios]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([scenario, runs]) => {
      const sum = (of: (run: RunWrites) => number) => runs.reduce((total, run) => total + of(run), 0);
      const locked = sum((run) => run.locked);
      const share = `${((100 * locked) / sum((run) => run.tried)).toFixed(0)} %`;
      const lost = runs.filter((run) => run.lost > 0).length;
      const more = runs.filter((run) => run.unexplained > 0).length;
      return [
        scenario,
        ...[runs.length, sum((run) => run.acknowledged), locked, share, lost, more].map(String),
      ];
    });
  return markdown(
    [
      'scenario',
      'runs',
      'writes acknowledged',
      'writes refused as locked',
      'share of all writes',
      'runs with fewer rows than that',
      'runs with more rows than the log explains',
    ],
    rows,
  );
}
