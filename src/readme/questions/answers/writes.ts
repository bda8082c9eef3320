import { counted } from '../../../common/counted.js';
import type { Row } from '../../../dataset/schema.js';
import { percent } from '../../../findings/list.js';
import type { Queryable } from '../../../results/core/query.js';
import { clientOutcomes } from '../../../results/derived/client-outcomes.js';
import { rateOf } from '../../../results/derived/client-runs.js';
import { type RunWrites, runWrites } from '../../../results/derived/writes.js';
import { allRuns } from '../../../results/runs/all.js';
import { NO_FAULT } from '../../../vocabulary/faults.js';
import { type Ask, byRelease, together } from './answer.js';

/** The share of writes that were refused in runs without a fault: of 2022's benchmark, and by what the client did about it. */
export const refused: Ask = together(
  byRelease(
    async (data) => (await writesOf(data)).filter(({ fault, workers }) => fault === NO_FAULT && workers > 1),
    (same) => [
      {
        about: 'Several writers and no retry, in 2022’s benchmark',
        found: `${percent(total(same, 'locked') / total(same, 'tried'))} of the writes refused`,
      },
    ],
  ),
  byRelease(
    async (data) => {
      const writes = (await clientOutcomes(data)).filter(
        ({ fault, kind, arrivals }) => fault === NO_FAULT && kind === 'write' && arrivals === 'open',
      );
      return writes.some(isOfPolicy) ? writes : [];
    },
    (same) =>
      same.map((one) => ({
        about: `${one.scenario}, at ${rateOf(one).replace('%', ' %')} of the capacity`,
        found: `${percent(one.shares.fail.value)} of the writes refused`,
      })),
  ),
);

const isOfPolicy = ({ scenario }: { scenario: string }) => scenario.startsWith('policy-');

/** In how many runs with one of these faults acknowledged writes were missing afterwards. */
export function missing(faults?: readonly string[]): Ask {
  return byRelease(
    async (data) =>
      (await writesOf(data)).filter(
        ({ fault, rows_found }) => rows_found !== null && (faults?.includes(fault) ?? fault !== NO_FAULT),
      ),
    (same) => [
      {
        about: 'Are rows missing afterwards?',
        found: `in ${same.filter(({ lost }) => lost > 0).length} of ${counted(same.length, 'run')}`,
      },
    ],
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
