import { UNPAIRED, UNPAIRED_WORDS } from '../../figures/parts/words.js';
import { RELEASES, releaseRank } from '../../vocabulary/releases.js';
import { markdown } from '../markdown.js';
import type { Shipped } from '../shipped.js';
import type { Answers } from './answers/answer.js';
import type { Question } from './question.js';
import { QUESTIONS } from './questions.js';

/** The questions that users ask, with what datasets answer for each release, in Markdown. */
export async function questionsPage(shipped: Shipped): Promise<string> {
  const sections = await Promise.all(QUESTIONS.map((one, i) => section(one, i, shipped)));
  return `<!-- Made from src/readme/questions/ and the datasets beside this page by "npm run readme": change it there. -->

# Questions that users ask

What users of dqlite, LXD and MicroK8s ask in public, with where they asked, the version they had, what was measured
here by release of Debian (bookworm has dqlite 1.11, trixie and sid 1.18), and the command that measures it on your machine.

${QUESTIONS.map(({ question }, i) => `- [${question}](#${anchor(i)})`).join('\n')}

“${MISSING}”: no shipped dataset can tell yet. “≥”: our fault ended first; without that it might have lasted longer. A row of
times or rates is of runs that were made together, where one dataset has it on several releases. Reads can
rise above 100 %, since in the closed loop of 2022’s benchmark there are more reads when fewer writes succeed; “${UNPAIRED}” is
${UNPAIRED_WORDS}. Times and rates are of [reference](reference/README.md), [faults](faults/README.md),
[losses of the leader](leader-lost/README.md), [library](library/README.md), [settings](settings/README.md), [silent losses](silent-loss/README.md), [sweeps](sweeps/README.md), [lengths](lengths/README.md), [partial failures](partial-failures/README.md) and [releases](releases/README.md), histories (was
what clients saw consistent?) of [verdicts](verdicts/README.md): a small cluster on one machine; LXD and MicroK8s add waits of their own.

${sections.join('\n\n')}

After a command, \`npm run ingest -- data/asked/captures --out data/answered\` and
\`npm run dataset -- page data/answered\` put its answers on a page of their own.
`;
}

const MISSING = '–';

/** A name of our own: what a forge makes of a heading differs from one to the next. */
const anchor = (i: number): string => `question-${i + 1}`;

async function section(
  { question, threads, seenWith, scenarios, ask }: Question,
  i: number,
  shipped: Shipped,
): Promise<string> {
  return `<a id="${anchor(i)}"></a>

## ${question}

Asked in ${threads.map(link).join(', ')}; last seen with: ${seenWith}.

${answersTable(await ask(shipped))}

\`\`\`sh
${commandOf(scenarios)}
\`\`\``;
}

/** A row for each case, those that most releases can tell of first, and a column for each release. */
function answersTable(answers: Answers): string {
  const releases = [...new Set<string>([...RELEASES, ...answers.keys()])];
  const all = [...answers].toSorted(([a], [b]) => releaseRank(a) - releaseRank(b)).flatMap(([, of]) => of);
  if (all.length === 0) return 'Not measured yet.';
  const found = (release: string, about: string) =>
    (answers.get(release) ?? []).filter((one) => one.about === about).map((one) => one.found);
  const cells = (about: string) => releases.map((release) => found(release, about).join('; ') || MISSING);
  const missing = (row: readonly string[]) => row.filter((cell) => cell === MISSING).length;
  const rows = [...new Set(all.map(({ about }) => about))].map((about) => [about, ...cells(about)]);
  return markdown(
    ['', ...releases],
    rows.toSorted((a, b) => missing(a) - missing(b)),
  );
}

/** The one command that measures it, on every release. */
export function commandOf(scenarios: readonly string[]): string {
  return `npm run collect -- ${scenarios.join(' ')} --releases ${RELEASES.join(',')} --trials 5 --out data/asked`;
}

function link(thread: string): string {
  const [repository, number] = thread.split('#');
  return `[${repository!.replace('canonical/', '')}#${number}](https://github.com/${repository}/issues/${number})`;
}
