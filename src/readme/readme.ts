import { readFile } from 'node:fs/promises';
import { UserError } from '../common/errors.js';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';
import { foundWords } from './found.js';
import { kindsWords } from './kinds.js';
import { operatorsTable } from './operators.js';
import { questionsPage } from './questions/page.js';
import { settingsWords } from './settings.js';
import { openShipped, type Shipped } from './shipped.js';
import { type Made, pageOf } from './write-page.js';

/** The parts of the README that are made from data, by the name that stands around each of them. */
const PARTS: Record<string, (shipped: Shipped) => Promise<string>> = {
  operators: async (shipped) => `${await operatorsTable(shipped.losses)}\n\n${await settingsWords(shipped)}`,
  findings: foundWords,
  kinds: kindsWords,
};

/** Every page that is made from the shipped datasets, whose numbers nobody types. */
export async function pagesFromData(): Promise<Made[]> {
  const shipped = await openShipped();
  try {
    const pages = [await readme(shipped), await questions(shipped)];
    for (const data of shipped.all) pages.push(await pageOf(data));
    return pages;
  } finally {
    shipped.close();
  }
}

/** Writes these pages again where they differ. */
export async function updatePages(): Promise<void> {
  for (const { path, before, after } of await pagesFromData()) {
    if (before !== after) await writeFileWhole(path, after);
  }
}

async function readme(shipped: Shipped): Promise<Made> {
  const path = packagePath('README.md');
  const before = await readFile(path, 'utf8');
  let after = before;
  for (const [name, make] of Object.entries(PARTS)) after = fill(after, name, await make(shipped));
  return { path, before, after };
}

async function questions(shipped: Shipped): Promise<Made> {
  const path = packagePath('data', 'QUESTIONS.md');
  return { path, before: await readFile(path, 'utf8').catch(() => ''), after: await questionsPage(shipped) };
}

function fill(text: string, name: string, part: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new UserError(`README.md: expected ${start} and, later, ${end}`);
  return `${text.slice(0, from + start.length)}\n${part}\n${text.slice(to)}`;
}
