import { groupBy } from '../../../common/group.js';
import { methodMark } from '../../../figures/parts/words.js';
import { percent } from '../../../findings/list.js';
import { mainSetting } from '../../../results/core/setting.js';
import { type ClientOutcomes, clientOutcomes } from '../../../results/derived/client-outcomes.js';
import { lengthOf } from '../../../results/derived/client-runs.js';
import { impacts } from '../../../results/derived/impact.js';
import { type Ask, byCase, byRelease, together } from './answer.js';
import { caseWords } from './case.js';

/** How much service was left during one of these faults: reads of 2022's benchmark, and what the client had in time. */
export function left(faults: readonly string[], role: 'leader' | 'follower'): Ask {
  return together(
    byRelease(
      async (data) => {
        const { debian_release } = await mainSetting(data);
        const mine = (await impacts(data)).filter(
          (one) => faults.includes(one.fault) && one.target_role === role,
        );
        return mine.map((one) => ({ ...one, debian_release }));
      },
      (same) =>
        same.map((one) => ({
          about: `${caseWords(one)}, in 2022’s benchmark`,
          found: `${percent(one.throughput.value)}${methodMark(one.throughput)} of the reads left`,
        })),
    ),
    byCase(
      async (data) =>
        (await clientOutcomes(data)).filter(
          ({ fault, target_role, arrivals }) =>
            faults.includes(fault) && target_role === role && arrivals === 'open',
        ),
      (same) => {
        const groups = groupBy(same, (one) => caseWords({ ...one, lifted: lengthOf(one) !== null }));
        return [...groups].map(([name, kinds]) => ({
          about: name,
          found: `${kinds.map(served).join(', ')} within 1 s`,
        }));
      },
    ),
  );
}

function served({ kind, shares }: ClientOutcomes): string {
  return `${percent(shares.within_100ms.value + shares.within_1s.value)} of ${kind}s`;
}
