import { crossingWords } from '../../../figures/parts/danger-words.js';
import { faultWords, uncapital } from '../../../figures/parts/words.js';
import { sweeps } from '../../../results/derived/sweep.js';
import { type Ask, byRelease } from './answer.js';

/** How hard a fault must be to take a tenth of the service, and half of it. */
export function dangerZone(faults: readonly string[]): Ask {
  return byRelease(
    async (data) => (await sweeps(data)).filter(({ fault }) => faults.includes(fault)),
    (same) =>
      same
        .map(
          (one) =>
            `${uncapital(faultWords(one.fault))} on ${one.target_role === 'leader' ? 'the leader' : 'a follower'}: a tenth of the service is lost ${crossingWords(one, one.danger.tenth)}, half ${crossingWords(one, one.danger.half)}`,
        )
        .join('; '),
  );
}
