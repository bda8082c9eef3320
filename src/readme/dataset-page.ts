import { groupBy } from '../common/group.js';
import type { Dataset } from '../dataset/open.js';
import { type Found, findings } from '../findings/findings.js';
import { MissingData } from '../results/core/query.js';
import { campaignWords } from './campaign.js';
import { SECTIONS, type Section } from './sections.js';

/** What stands around the part of a page that people write themselves. */
export const NOTES = {
  start: '<!-- notes: yours, kept when this page is made again -->',
  end: '<!-- /notes -->',
};

/**
 * The page of a dataset, its README.md, in Markdown: what it is, what it says, and its result tables, all from its data; and the
 * notes that people wrote in an earlier one.
 */
export async function datasetPage(data: Dataset, title: string, notes = ''): Promise<string> {
  const found = await findings(data);
  const sections = await Promise.all(SECTIONS.map((one) => filled(one, data)));
  const lacking = [...found, ...sections].filter(({ missing }) => missing !== null);
  const lacks = [...groupBy(lacking, ({ missing }) => missing!)].map(
    ([missing, same]) => `${[...new Set(same.map(({ title }) => title))].join('; ')}: ${missing}`,
  );
  return `<!-- Made from the data by "npm run dataset -- page": change the notes, and nothing else. -->

# ${title}

${await campaignWords(data)}

Its tables are CSV and Parquet files beside this page, listed in \`datapackage.json\` with their checksums and columns. The
tools are dqlite-reliability; where it is installed, \`npm run report -- --data DIR --out report.html\` makes a page with
charts, and \`npm run figures -- --data DIR\` the figures named below. What each column means is in DICTIONARY.md of a
package, and in data/README.md of the project. The data is under CC-BY-4.0.

## What it says

${found.flatMap(sentences).join('\n')}

${sections.flatMap(({ text }) => text ?? []).join('\n')}
${lacks.length > 0 ? `## What it cannot say\n\n${lacks.map((one) => `- ${one}.`).join('\n')}\n\n` : ''}## Notes

${NOTES.start}
${notes.trim()}
${NOTES.end}
`;
}

/** The notes in a page that was made before; none of any other text. */
export function notesOf(page: string): string {
  const [from, to] = [page.indexOf(NOTES.start), page.indexOf(NOTES.end)];
  return from < 0 || to < from ? '' : page.slice(from + NOTES.start.length, to).trim();
}

function sentences({ title, figure, said }: Found): string[] {
  if (said === null) return [];
  const shown = figure ? ` (figure \`${figure}\`)` : '';
  return [`- **${title}**${shown}. ${[said.headline, ...said.more].join(' ')}`];
}

async function filled(section: Section, data: Dataset) {
  const { title, about, figure, table } = section;
  try {
    const shown = figure ? ` Figure: \`${figure}\`.` : '';
    return { title, missing: null, text: `## ${title}\n\n${about}${shown}\n\n${await table(data)}\n` };
  } catch (error) {
    if (!(error instanceof MissingData)) throw error;
    return { title, missing: error.message, text: null };
  }
}
