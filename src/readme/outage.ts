import { lossWords } from '../figures/parts/words.js';
import type { Queryable } from '../results/core/query.js';
import { outageGroups } from '../results/outages.js';
import { markdown, withInterval } from './markdown.js';

/** How long clients waited for each way of losing the leader and each version, beside when there was a new one. */
export async function outageTable(data: Queryable): Promise<string> {
  const rows = (await outageGroups(data)).map((group) => {
    const { trials, outage, new_leader } = group;
    const waits = trials.map(({ outage_s }) => outage_s);
    const open = trials.some(({ recovered }) => !recovered) ? '≥ ' : '';
    return [
      lossWords(group),
      `${group.dqlite_version} (${group.debian_release})`,
      String(trials.length),
      withInterval(outage, 1),
      `${Math.min(...waits).toFixed(1)} to ${open}${Math.max(...waits).toFixed(1)}`,
      new_leader?.value.toFixed(1) ?? '–',
    ];
  });
  return markdown(
    [
      'leader lost by',
      'dqlite',
      'trials',
      'outage: median (95 % interval), s',
      'least to most, s',
      'new leader known after: median, s',
    ],
    rows,
  );
}
