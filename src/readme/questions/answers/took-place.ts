import { counted } from '../../../common/counted.js';
import { allRuns } from '../../../results/runs/all.js';
import { nextRelease, RELEASES } from '../../../vocabulary/releases.js';
import { type Ask, byRelease } from './answer.js';

/** In how many runs of these scenarios a measurement shows that what was to be done was done. */
export function tookPlace(scenarios: readonly string[]): Ask {
  return byRelease(
    async (data) =>
      (await allRuns(data)).filter(
        ({ scenario, status }) => scenarios.includes(scenario) && status === 'complete',
      ),
    (same) =>
      `it was done, as a measurement shows, in ${same.filter((run) => run.fault_confirmed).length} of ${counted(same.length, 'run')}`,
    'histories',
  );
}

/** What there is to say of upgrading nodes of the newest release. */
export const newest: Ask = async () =>
  new Map(
    RELEASES.filter((release) => !nextRelease(release)).map((release) => [
      release,
      'the newest of them: there is nothing to upgrade it to',
    ]),
  );
