import { lossWords, methodMark, severityWords } from '../../../figures/parts/words.js';
import { percent } from '../../../findings/list.js';
import { mainSetting } from '../../../results/core/setting.js';
import { servedShare, serviceOverTime } from '../../../results/derived/client-service.js';
import { impacts } from '../../../results/derived/impact.js';
import { type Ask, byRelease, together } from './answer.js';

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
      (same) => {
        const words = same.map(
          (one) => `${percent(one.throughput.value)}${methodMark(one.throughput)} (${named(one)})`,
        );
        return `reads left on the ${role}: ${words.join(', ')}`;
      },
    ),
    byRelease(
      async (data) =>
        (await serviceOverTime(data)).filter((one) => faults.includes(one.fault) && one.target_role === role),
      (same) => {
        const words = same.map((one) => `${percent(servedShare(one))} (${named({ ...one, lifted: false })})`);
        return `served within 1 s on the ${role}: ${words.join(', ')}`;
      },
    ),
  );
}

function named(one: Parameters<typeof severityWords>[0] & { lifted: boolean }): string {
  return [lossWords(one), severityWords(one)].filter(Boolean).join(', ');
}
