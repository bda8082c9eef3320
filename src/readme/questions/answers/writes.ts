import { counted } from '../../../common/counted.js';
import type { Row } from '../../../dataset/schema.js';
import { percent } from '../../../findings/list.js';
import type { Queryable } from '../../../results/core/query.js';
import { type RunWrites, runWrites } from '../../../results/derived/writes.js';
import { allRuns } from '../../../results/runs/all.js';
import { type Ask, byRelease } from './answer.js';

/** The share of writes that were refused as locked, in the runs without a fault. */
export const refused: Ask = byRelease(
  async (data) => (await writesOf(data)).filter(({ fault, workers }) => fault === 'none' && workers > 1),
  (same) =>
    `${percent(total(same, 'locked') / total(same, 'tried'))} of writes refused with several writers and no retry`,
);

/** In how many runs with one of these faults acknowledged writes were missing afterwards. */
export function missing(faults?: readonly string[]): Ask {
  return byRelease(
    async (data) =>
      (await writesOf(data)).filter(
        ({ fault, rows_found }) => rows_found !== null && (faults?.includes(fault) ?? fault !== 'none'),
      ),
    (same) =>
      `rows missing in ${same.filter(({ lost }) => lost > 0).length} of ${counted(same.length, 'run')}`,
  );
}

type Writes = RunWrites & Pick<Row<'runs'>, 'fault' | 'workers' | 'debian_release'>;

async function writesOf(data: Queryable): Promise<Writes[]> {
  const runs = new Map((await allRuns(data)).map((run) => [run.run_id, run]));
  return (await runWrites(data))
    .filter(({ tried }) => tried > 0)
    .map((one) => ({ ...one, ...pick(runs.get(one.run_id)!) }));
}

function pick({ fault, workers, debian_release }: Row<'runs'>) {
  return { fault, workers, debian_release };
}

function total(runs: readonly Writes[], of: 'locked' | 'tried'): number {
  return runs.reduce((sum, run) => sum + run[of], 0);
}
