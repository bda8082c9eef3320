import { groupBy } from '../common/group.js';
import { waitWords } from '../figures/parts/wait-words.js';
import { type Wait, waits } from '../findings/waits.js';
import type { Queryable } from '../results/core/query.js';
import { markdown } from './markdown.js';

/** What happened to the leader, to follow “the leader”. */
export const EVENTS: Readonly<Record<string, string>> = {
  crash: 'is killed (`kill -9`) and stays away',
  'crash lifted': 'is killed, and restarted',
  stop: 'is stopped (SIGTERM), and restarted',
  pause: 'freezes, and goes on',
  'network-cut': 'is cut off from the network',
  'network-cut-in': 'can send, but not receive',
  'network-cut-out': 'can receive, but not send',
};

/**
 * For how long clients were without service, a column for each version, a row for each way of losing the leader; ways with the
 * same answers share one.
 */
export async function operatorsTable(data: Queryable): Promise<string> {
  const all = await waits(data);
  const versions = [...new Set(all.flatMap((wait) => wait.versions.map(({ version }) => version)))].sort(
    (a, b) => a.localeCompare(b, 'en', { numeric: true }),
  );
  const answers = (wait: Wait) =>
    versions.map((name) => {
      const found = wait.versions.find(({ version }) => version === name);
      return found ? waitWords(found.outage) : 'not measured';
    });
  const alike = groupBy(all, (wait) => answers(wait).join('\n'));
  const rows = [...alike.values()].map((same) => [same.map(event).join('; '), ...answers(same[0]!)]);
  return markdown(['the leader', ...versions], rows);
}

function event({ fault, lifted, loss }: Wait): string {
  return EVENTS[fault === 'crash' && lifted ? 'crash lifted' : fault] ?? loss;
}
