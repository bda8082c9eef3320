import { counted } from '../../../common/counted.js';
import { nodesBack } from '../../../results/derived/nodes-back.js';
import { type Ask, byRelease } from './answer.js';

/** In how many runs of these scenarios every node that had been hit came back. */
export function cameBack(scenarios: readonly string[]): Ask {
  return byRelease(
    async (data) => (await nodesBack(data)).filter(({ scenario }) => scenarios.includes(scenario)),
    (same) => {
      const back = same.filter((run) => run.back).length;
      return [
        {
          about: 'Do all nodes come back?',
          found: `they were back before the end of ${back} of ${counted(same.length, 'run')}`,
        },
      ];
    },
    'histories',
  );
}
