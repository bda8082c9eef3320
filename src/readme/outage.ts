import { waitWords } from '../figures/parts/wait-words.js';
import { lossWords } from '../figures/parts/words.js';
import { percent } from '../findings/list.js';
import type { Queryable } from '../results/core/query.js';
import { shareWithin, type Waits } from '../results/core/waits.js';
import { type OutageGroup, outageGroups } from '../results/outages.js';
import { markdown, range } from './markdown.js';

/** Within how long an operator might wait for service, in s. */
const WITHIN_S = [1, 5, 15] as const;

/** How long clients waited for each way of losing the leader and each version, beside when there was a new one. */
export async function outageTable(data: Queryable): Promise<string> {
  const rows = (await outageGroups(data)).map((group) => [
    lossWords(group),
    `${group.dqlite_version} (${group.debian_release})`,
    String(group.trials.length),
    waitWords(group.outage, ''),
    ...WITHIN_S.map((time) => withinWords(group.outage, time)),
    afterLift(group),
    waitWords(group.new_leader, ''),
  ]);
  return markdown(
    [
      'leader lost by',
      'dqlite',
      'trials',
      'outage, s (trials)',
      ...WITHIN_S.map((time) => `back within ${time} s`),
      'where the lift ended it: s after the lift',
      'new leader known after, s (trials)',
    ],
    rows,
  );
}

/** The share, and of how many trials that is known. */
function withinWords(outage: Waits, time: number): string {
  const found = shareWithin(outage, time);
  return found ? `${percent(found.share)} (of ${found.known})` : 'not known';
}

function afterLift({ trials, outage }: OutageGroup): string {
  return range(
    trials.flatMap(({ outage_s, lift_s, recovered }, i) =>
      outage.waits[i]!.censored && recovered && lift_s !== null ? [Math.max(0, outage_s - lift_s)] : [],
    ),
  );
}
