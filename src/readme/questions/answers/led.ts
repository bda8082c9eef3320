import { counted } from '../../../common/counted.js';
import { groupBy } from '../../../common/group.js';
import type { Dataset } from '../../../dataset/open.js';
import { seconds } from '../../../figures/parts/wait-words.js';
import { percent } from '../../../findings/list.js';
import {
  type ServiceOverTime,
  servedShare,
  serviceOverTime,
} from '../../../results/derived/client-service.js';
import { type Leadership, leadership } from '../../../results/derived/leadership.js';
import { nodesBack } from '../../../results/derived/nodes-back.js';
import { type Ask, byRelease } from './answer.js';

/** Who led while one of these faults lasted, what of the operations was served meanwhile, and whether all was well after it. */
export function led(faults: readonly string[]): Ask {
  return byRelease(
    (data) => scenariosOf(data, faults),
    (same) => same,
  );
}

async function scenariosOf(data: Dataset, faults: readonly string[]) {
  const services = await serviceOverTime(data);
  const back = new Map((await nodesBack(data)).map((run) => [run.run_id, run]));
  const mine = (await leadership(data)).filter(({ fault }) => faults.includes(fault));
  const same = groupBy(mine, ({ scenario, debian_release }) => `${scenario} ${debian_release}`);
  return [...same.values()].map((runs) => {
    const { scenario, debian_release } = runs[0]!;
    const service = services.find(
      (one) => one.scenario === scenario && one.debian_release === debian_release,
    );
    const losses = runs.flatMap(({ after, lost_later_s: s }) => (after !== null && s !== null ? [s] : []));
    // a node that was back before the leader was lost: nobody watched whether it was after that
    const lifted = runs.flatMap(({ run_id, lost_later_s: lost }) => {
      const run = back.get(run_id);
      return run && !(lost !== null && run.back_s !== null && run.back_s < lost) ? [run] : [];
    });
    const later =
      service && service.lift_s !== null
        ? ` (${Math.round(service.duration_s - service.lift_s)} s later)`
        : '';
    const came = lifted.filter((run) => run.back).length;
    const atEnd = service ? servedAtEnd(service) : 1;
    const parts = [
      ledWords(runs),
      service && `${percent(servedShare(service))} served within 1 s`,
      losses.length > 0 &&
        `the leader was lost ${seconds(losses)} after it in ${losses.length} of ${runs.length} runs`,
      atEnd < WELL && `${percent(atEnd)} in the last ${END_S} s of the runs`,
      lifted.length > 0 &&
        `all nodes back before the end${later} of ${came} of ${counted(lifted.length, 'run')}`,
    ];
    return { debian_release, about: scenario, found: parts.filter(Boolean).join(', ') };
  });
}

/** The length of the end of a run, in s, and the least share that is served then where all is well. */
const [END_S, WELL] = [10, 0.99];

/** The share of what was due at the end that succeeded within 1 s. */
function servedAtEnd({ seconds, duration_s }: ServiceOverTime): number {
  const last = seconds.filter(({ second }) => second >= duration_s - END_S && second + 1 <= duration_s);
  const sum = (of: 'served' | 'offered') => last.reduce((total, one) => total + one[of].value, 0);
  return sum('served') / sum('offered');
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
