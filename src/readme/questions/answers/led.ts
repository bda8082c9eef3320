import { groupBy } from '../../../common/group.js';
import type { Dataset } from '../../../dataset/open.js';
import { seconds } from '../../../figures/parts/wait-words.js';
import { percent } from '../../../findings/list.js';
import { servedShare, serviceOverTime } from '../../../results/derived/client-service.js';
import { type Leadership, leadership } from '../../../results/derived/leadership.js';
import { type Ask, byRelease } from './answer.js';

/** Who led while one of these faults lasted, and what of the operations was served meanwhile. */
export function led(faults: readonly string[]): Ask {
  return byRelease(
    (data) => scenariosOf(data, faults),
    (same) => same.map(({ words }) => words).join('; '),
  );
}

async function scenariosOf(data: Dataset, faults: readonly string[]) {
  const services = await serviceOverTime(data);
  const mine = (await leadership(data)).filter(({ fault }) => faults.includes(fault));
  const same = groupBy(mine, ({ scenario, debian_release }) => `${scenario} ${debian_release}`);
  return [...same.values()].map((runs) => {
    const { scenario, debian_release } = runs[0]!;
    const service = services.find(
      (one) => one.scenario === scenario && one.debian_release === debian_release,
    );
    const served = service ? `, and ${percent(servedShare(service))} was served within 1 s` : '';
    return { debian_release, words: `${scenario}: ${ledWords(runs)}${served}` };
  });
}

/** `no leader for 3.9 to 5.2 s, then another (2 of 3 runs), the leader stayed (1)`. */
function ledWords(runs: readonly Leadership[]): string {
  const kinds = [...groupBy(runs, kindOf)].map(([kind, of]) => {
    const without = seconds(of.map(({ without_s }) => without_s));
    return { words: kind.replace('…', without), count: of.length };
  });
  if (kinds.length === 1) return kinds[0]!.words;
  return kinds
    .map(({ words, count }, i) => `${words} (${count}${i === 0 ? ` of ${runs.length} runs` : ''})`)
    .join(', ');
}

function kindOf({ before, after, without_s }: Leadership): string {
  if (after === null) return 'no leader until it ended, for …';
  if (without_s === 0) return after === before ? 'the leader stayed' : 'another led at once';
  return `no leader for …, then ${after === before ? 'the same' : 'another'}`;
}
