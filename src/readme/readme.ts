import { readFile } from 'node:fs/promises';
import { UserError } from '../common/errors.js';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';
import type { Dataset } from '../dataset/open.js';
import { openDataset } from '../results/core/open.js';
import { burnersWords } from './burners.js';
import { campaignWords } from './campaign.js';
import { claimsTable } from './claims.js';
import { hardestTable } from './hardest.js';
import { outageTable } from './outage.js';
import { effectsTable } from './published.js';
import { roundsTable } from './rounds.js';
import { writesTable } from './writes.js';

const README = packagePath('README.md');

/** The parts of the README that are made from data, by the name that stands around each of them. */
const PARTS: Record<string, (data: Dataset) => Promise<string>> = {
  campaign: campaignWords,
  claims: claimsTable,
  outage: outageTable,
  rounds: roundsTable,
  hardest: hardestTable,
  writes: writesTable,
  published: effectsTable,
  burners: burnersWords,
};

/** The README with its tables made again from `data/reference`, whose numbers nobody types. */
export async function readmeFromData(): Promise<{ before: string; after: string }> {
  const before = await readFile(README, 'utf8');
  const data = await openDataset(packagePath('data', 'reference'));
  try {
    let after = before;
    for (const [name, make] of Object.entries(PARTS)) after = fill(after, name, await make(data));
    return { before, after };
  } finally {
    data.close();
  }
}

/** Writes the README's tables again. */
export async function updateReadme(): Promise<void> {
  const { before, after } = await readmeFromData();
  if (before !== after) await writeFileWhole(README, after);
}

function fill(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new UserError(`README.md: expected ${start} and, later, ${end}`);
  return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
}
