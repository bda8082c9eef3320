import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FigureOptions } from '../figures/parts/figure.js';
import { fileName } from './draw.js';
import type { Outcome } from './figures.js';
import { captionsTex, type Entry, indexPage } from './pages.js';

const KEPT = 'captions.json';

interface Job extends FigureOptions {
  out: string;
  all: boolean;
}

/**
 * The contents of the pages of all figures, by name of file. Where not all were chosen, what the pages say of the others
 * stays, as long as those are there.
 */
export async function pagesOf(job: Job, outcomes: readonly Outcome[]): Promise<Record<string, string>> {
  const now = outcomes.map((outcome) => entryOf(outcome, job));
  const others = job.all && !job.run ? [] : await keptBeside(now, job.out);
  const entries = [...others, ...now].sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  return {
    'index.html': indexPage(entries),
    'captions.tex': captionsTex(entries),
    [KEPT]: `${JSON.stringify(entries, null, 1)}\n`,
  };
}

function entryOf({ figure, files, captions, missing }: Outcome, job: Job): Entry {
  const { order, title, question } = figure;
  return {
    name: fileName(figure, job),
    ...{ order, title, question, ...captions, files },
    ...(missing === undefined ? {} : { missing }),
  };
}

async function keptBeside(now: readonly Entry[], out: string): Promise<Entry[]> {
  const text = await readFile(join(out, KEPT), 'utf8').catch(() => '[]');
  const kept: Entry[] = JSON.parse(text);
  return kept.filter(
    ({ name, files }) =>
      !now.some((one) => one.name === name) && files.every((file) => existsSync(join(out, file))),
  );
}
