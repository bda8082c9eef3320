import { crossingWords, struckWords } from '../../../figures/parts/danger-words.js';
import { costlierAfter, type Sweep, sweeps } from '../../../results/derived/sweep.js';
import { type Answer, type Ask, byRelease } from './answer.js';

/** How hard a fault must be to take a tenth of the service, and half of it, and whether its lift takes more. */
export function dangerZone(faults: readonly string[]): Ask {
  return byRelease(
    async (data) => (await sweeps(data)).filter(({ fault }) => faults.includes(fault)),
    (same) => same.map(answerOf),
  );
}

function answerOf(one: Sweep): Answer {
  const { tenth, half } = one.danger;
  const later = costlierAfter(one).length > 0 ? ', but more in the seconds after its lift' : '';
  return {
    about: `How hard must ${struckWords(one)} be?`,
    found: `a tenth of the service is lost ${crossingWords(one, tenth)}, half ${crossingWords(one, half)}${later}`,
  };
}
