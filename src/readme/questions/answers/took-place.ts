import { counted } from '../../../common/counted.js';
import { allRuns } from '../../../results/runs/all.js';
import { nextRelease, RELEASES } from '../../../vocabulary/releases.js';
import { type Ask, byRelease } from './answer.js';

const CAN = 'Can it be done?';

/** In how many runs of these scenarios a measurement shows that what was to be done was done. */
export function tookPlace(scenarios: readonly string[]): Ask {
  return byRelease(
    async (data) =>
      (await allRuns(data)).filter(
        ({ scenario, status }) => scenarios.includes(scenario) && status === 'complete',
      ),
    (same) => [
      {
        about: CAN,
        found: `yes, as a measurement shows, in ${same.filter((run) => run.fault_confirmed).length} of ${counted(same.length, 'run')}`,
      },
    ],
    'histories',
  );
}

/** What there is to say of upgrading nodes of the newest release. */
export const newest: Ask = async () =>
  new Map(
    RELEASES.filter((release) => !nextRelease(release)).map((release) => [
      release,
      [{ about: CAN, found: 'it is the newest: there is nothing to upgrade it to' }],
    ]),
  );
