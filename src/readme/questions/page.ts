import { UNPAIRED, UNPAIRED_WORDS } from '../../figures/parts/words.js';
import { RELEASES, releaseRank } from '../../vocabulary/releases.js';
import { markdown } from '../markdown.js';
import type { Shipped } from '../shipped.js';
import type { Question } from './question.js';
import { QUESTIONS } from './questions.js';

/** The questions that users ask, with what datasets answer for each release, in Markdown. */
export async function questionsPage(shipped: Shipped): Promise<string> {
  const rows = await Promise.all(QUESTIONS.map((one) => row(one, shipped)));
  return `<!-- Made from src/readme/questions/ and the datasets beside this page by "npm run readme": change it there. -->

# Questions that users ask

What users of dqlite, LXD and MicroK8s ask in public, with where they asked, the version they had, and what was measured
here, by release of Debian: bookworm has dqlite 1.11, trixie and sid 1.18. “Not measured yet” means that no shipped
dataset can tell; the command measures it on your machine. “≥” means that our fault ended first: without that it might
have lasted longer. Reads can rise above 100 %, since in the benchmark’s closed loop there are more reads when fewer
writes succeed; “${UNPAIRED}” is ${UNPAIRED_WORDS}. Times and rates are of [reference](reference/README.md), [faults](faults/README.md),
[losses of the leader](leader-lost/README.md), [library](library/README.md), [settings](settings/README.md), [silent losses](silent-loss/README.md), [sweeps](sweeps/README.md), [lengths](lengths/README.md), [partial failures](partial-failures/README.md) and [releases](releases/README.md), histories (was
what clients saw consistent?) of [verdicts](verdicts/README.md): a small cluster on one machine; LXD and MicroK8s add waits of their own.

${markdown(['question', 'asked in', 'last seen with', 'command', 'answer'], rows)}

After a command, \`npm run ingest -- data/asked/captures --out data/answered\` and
\`npm run dataset -- page data/answered\` put its answers on a page of their own.
`;
}

async function row(
  { question, threads, seenWith, scenarios, ask }: Question,
  shipped: Shipped,
): Promise<string[]> {
  const answers = await ask(shipped);
  const known = [...answers]
    .toSorted(([a], [b]) => releaseRank(a) - releaseRank(b))
    .map(([release, words]) => `**${release}**: ${words}`);
  const without = RELEASES.filter((release) => !answers.has(release));
  const missing =
    without.length === 0
      ? []
      : [answers.size === 0 ? 'not measured yet' : `${without.join(', ')}: not measured yet`];
  return [
    question,
    threads.map(link).join(', '),
    seenWith,
    scenarios.length === 0 ? 'none yet' : `\`${commandOf(scenarios)}\``,
    [...known, ...missing].join('<br>'),
  ];
}

/** The one command that measures it, on every release. */
export function commandOf(scenarios: readonly string[]): string {
  return `npm run collect -- ${scenarios.join(' ')} --releases ${RELEASES.join(',')} --trials 5 --out data/asked`;
}

function link(thread: string): string {
  const [repository, number] = thread.split('#');
  return `[${repository!.replace('canonical/', '')}#${number}](https://github.com/${repository}/issues/${number})`;
}
