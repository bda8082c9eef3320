import { lossWords } from '../figures/parts/words.js';
import type { Queryable } from '../results/core/query.js';
import { type OutageTrial, outageGroups } from '../results/outages.js';
import { markdown, range, withInterval } from './markdown.js';

/** How long clients waited for each way of losing the leader and each version, beside when there was a new one. */
export async function outageTable(data: Queryable): Promise<string> {
  const rows = (await outageGroups(data)).map((group) => {
    const { trials, outage } = group;
    const waits = trials.map(({ outage_s }) => outage_s);
    const open = trials.some(({ recovered }) => !recovered) ? '≥ ' : '';
    return [
      lossWords(group),
      `${group.dqlite_version} (${group.debian_release})`,
      String(trials.length),
      withInterval(outage, 1),
      `${Math.min(...waits).toFixed(1)} to ${open}${Math.max(...waits).toFixed(1)}`,
      endedByLift(trials),
      range(trials.flatMap((trial) => trial.new_leader_s ?? [])),
    ];
  });
  return markdown(
    [
      'leader lost by',
      'dqlite',
      'trials',
      'outage: median (95 % interval), s',
      'least to most, s',
      'ended with the lift or later',
      'new leader known after: least to most, s',
    ],
    rows,
  );
}

/** A lift is recorded once it is done; the clients may have gone on since it began. */
const LIFTING_S = 0.25;

/** In how many trials the clients went on only once the fault was lifted, so that the plan says how long they waited. */
function endedByLift(trials: readonly OutageTrial[]): string {
  const lifted = trials.filter(({ lift_s }) => lift_s !== null);
  if (lifted.length === 0) return 'not lifted';
  return `${lifted.filter(({ outage_s, lift_s }) => outage_s > lift_s! - LIFTING_S).length} of ${trials.length}`;
}
