import { counted } from '../../../common/counted.js';
import { allRuns } from '../../../results/runs/all.js';
import { type Ask, byRelease } from './answer.js';

/** What the client's histories were judged, in runs whose fault a measurement shows; of these scenarios, where some are named. */
export function consistent(scenarios?: readonly string[]): Ask {
  return byRelease(
    async (data) =>
      (await allRuns(data)).filter(
        ({ consistency, fault, scenario, fault_confirmed: confirmed }) =>
          consistency && fault !== 'none' && confirmed && (scenarios?.includes(scenario) ?? true),
      ),
    (same) => {
      const of = (verdict: string) => same.filter(({ consistency }) => consistency === verdict).length;
      const words = ['valid', 'invalid', 'unknown'].filter((verdict) => of(verdict) > 0);
      return [
        {
          about: 'Was what clients saw consistent?',
          found: `${words.map((verdict) => `${of(verdict)} ${verdict}`).join(', ')} of ${counted(same.length, 'history', 'histories')}`,
        },
      ];
    },
    'histories',
  );
}
