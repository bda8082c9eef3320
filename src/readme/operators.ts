import { groupBy } from '../common/group.js';
import { waitWords } from '../figures/parts/wait-words.js';
import { lossEvent } from '../findings/loss-events.js';
import { clientWaits, closedLoopWaits, lossRank, type Wait } from '../findings/waits.js';
import type { Queryable } from '../results/core/query.js';
import { markdown } from './markdown.js';

/**
 * For how long clients were without service, a column for each version, a row for each way of losing the leader; ways with the
 * same answers share one. A row is of one dataset: of that with the most versions, and of equals the first; a loss that
 * did not end tells more than one that was lifted.
 */
export async function operatorsTable(datasets: readonly Queryable[]): Promise<string> {
  const asked = await Promise.all(
    datasets.map(async (data) => [...(await clientWaits(data)), ...(await closedLoopWaits(data))]),
  );
  const ways = groupBy(asked.flat(), ({ fault, lifted }) => `${fault}${fault === 'crash' && lifted}`);
  const chosen = [...ways.values()].map(best).sort((a, b) => lossRank(a) - lossRank(b));
  const versions = [...new Set(chosen.flatMap((wait) => wait.versions.map(({ version }) => version)))].sort(
    (a, b) => a.localeCompare(b, 'en', { numeric: true }),
  );
  const answers = (wait: Wait) => [
    wait.until,
    ...versions.map((name) => {
      const found = wait.versions.find(({ version }) => version === name);
      return found ? waitWords(found.wait) : 'not measured';
    }),
  ];
  const alike = groupBy(chosen, (wait) => answers(wait).join('\n'));
  const rows = [...alike.values()].map((same) => [same.map(lossEvent).join('; '), ...answers(same[0]!)]);
  return markdown(['the leader', 'until', ...versions], rows);
}

function best(same: readonly Wait[]): Wait {
  const most = Math.max(...same.map(({ versions }) => versions.length));
  const widest = same.filter(({ versions }) => versions.length === most);
  return widest.find(({ lifted }) => !lifted) ?? widest[0]!;
}
