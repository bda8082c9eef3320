import { groupBy } from '../common/group.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { type RunWrites, runWrites } from '../results/derived/writes.js';
import { markdown } from './markdown.js';

/** What became of writes in each scenario, and whether the cluster held them all when it was counted afterwards. */
export async function writesTable(data: Queryable): Promise<string> {
  const all = (await runWrites(data)).filter(({ tried }) => tried > 0);
  if (all.length === 0) throw new MissingData('no complete run of 2022’s benchmark with writes');
  const scenarios = groupBy(all, (run) => run.scenario);
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
        ...[runs.length, sum((run) => run.acknowledged), locked, share, lost, more].map(shown),
      ];
    });
  return markdown(
    [
      'scenario',
      'runs',
      'writes acknowledged',
      'writes refused as locked',
      'share of all writes',
      'runs with missing rows',
      'runs with extra rows',
    ],
    rows,
  );
}

function shown(value: number | string): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : value;
}
