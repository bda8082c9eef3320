import type { Finding } from '../findings/finding.js';
import { FINDINGS, type Found, find } from '../findings/findings.js';
import { leaderLost } from '../findings/leader-lost.js';
import { settings } from '../findings/settings.js';
import type { Shipped } from './shipped.js';

/** What the README tells operators first, and need not tell again. */
const TOLD_ABOVE: readonly Finding[] = [leaderLost, settings];

/** One sentence for each finding; for what no dataset tells, that. */
export async function foundWords(shipped: Shipped): Promise<string> {
  const all = await Promise.all(
    FINDINGS.filter((one) => !TOLD_ABOVE.includes(one)).map((finding) => foundIn(finding, shipped)),
  );
  return all
    .map(({ title, said, missing }) => `- ${said ? said.headline : `${title}: not known yet (${missing}).`}`)
    .join('\n');
}

/** A finding with what the first dataset says that can. */
export async function foundIn(finding: Finding, shipped: Shipped): Promise<Found> {
  const datasets = shipped[finding.asks ?? 'times'];
  let found = await find(finding, datasets[0]!);
  for (const data of datasets.slice(1)) if (found.said === null) found = await find(finding, data);
  return found;
}
