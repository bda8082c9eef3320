import { basename, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { UserError } from '../common/errors.js';
import { fingerprint } from '../dataset/fingerprint.js';
import type { Dataset } from '../dataset/open.js';
import { figures } from '../figures/index.js';
import { checkFigures, chooseFigures, type Job, type Outcome, renderFigures } from '../render/figures.js';
import { readFonts } from '../render/fonts.js';
import { readPalette } from '../render/palette.js';
import { DEFAULT_DATA, type FiguresOptions } from './commands/figures.js';

/** `npm run figures`: lists, checks, watches or renders. */
export async function runFigures(options: FiguresOptions): Promise<void> {
  if (options.list) return list();
  optimiseLess();
  if (options.watch) {
    (await open(options.data)).close();
    const { watchFigures } = await import('./watch.js');
    return watchFigures(options.data);
  }
  const names = (options.only ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const chosen = chooseFigures(figures, names, options.run);
  if (options.run && !chosen.some((one) => one.ofRun)) {
    const able = figures.filter((one) => one.ofRun).map((one) => one.name);
    throw new UserError(`--run goes with the figures of single runs: ${able.join(', ')}`);
  }
  let dataset: Promise<Dataset> | undefined;
  const job: Job = {
    chosen,
    all: chosen.length === figures.length,
    out: options.out ?? folderFor(options.data),
    width: options.width,
    theme: options.theme,
    ...(options.font ? { fonts: await readFonts(options.font.split(',')) } : {}),
    ...(options.palette ? { palette: await readPalette(options.palette) } : {}),
    run: options.run,
    fingerprint: await fingerprint(options.data),
    open: () => {
      dataset ??= open(options.data);
      return dataset;
    },
    done: (outcome) => process.stdout.write(`${line(outcome)}\n`),
  };
  const warning = warningOfChanges(options.data).catch(() => undefined); // who opens the dataset says what it lacks
  try {
    if (options.check) await check(job);
    else await renderFigures(job);
  } finally {
    await dataset?.then((one) => one.close());
    process.stderr.write((await warning) ?? '');
  }
}

/**
 * What is done within seconds gives V8 of Node 20 no time to win back what it spends on optimising: it begins 18 times later
 * than by default. Later ones gain nothing by that, and have no such flag.
 */
function optimiseLess(): void {
  if (Number.parseInt(process.versions.v8, 10) < 12) setFlagsFromString('--interrupt-budget=1200000');
}

/** Where a dataset's figures go by default: none takes the place of another's. */
export function folderFor(data: string): string {
  const path = resolve(data);
  return path === resolve(DEFAULT_DATA) ? 'figures' : join('figures', basename(path));
}

async function warningOfChanges(folder: string): Promise<string | undefined> {
  const verify = await import('../sharing/verify/changed.js');
  return verify.warningOfChanges(folder);
}

async function open(folder: string): Promise<Dataset> {
  const { openDataset } = await import('../results/core/open.js');
  return openDataset(folder);
}

async function check(job: Job): Promise<void> {
  const differences = await checkFigures(job);
  if (differences.length > 0) {
    throw new UserError(
      `the figures are not what the dataset gives:\n${differences.map((one) => `  ${one}`).join('\n')}\n` +
        'Render them again without --check, look at what changed, and commit them.',
    );
  }
  process.stdout.write('all figures are what the dataset gives\n');
}

function line({ figure, files, missing, note, unchanged }: Outcome): string {
  const name = figure.name.padEnd(WIDEST);
  if (missing !== undefined) return `${name}  left out: ${missing}`;
  const endings = files.map((file) => /(vl\.)?[^.]+$/.exec(file)![0]).join(', ');
  return `${name}  ${unchanged ? 'unchanged' : endings}${note ? ` (${note})` : ''}`;
}

const WIDEST = Math.max(...figures.map((one) => one.name.length));

function list(): void {
  const lines = figures.map(({ name, question }) => `${name.padEnd(WIDEST)}  ${question}\n`);
  process.stdout.write(lines.join(''));
}
