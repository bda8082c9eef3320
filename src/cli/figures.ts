import { UserError } from '../common/errors.js';
import { packagePath } from '../common/paths.js';
import { fingerprint } from '../dataset/fingerprint.js';
import type { Dataset } from '../dataset/open.js';
import { figures } from '../figures/index.js';
import { checkFigures, chooseFigures, type Job, type Outcome, renderFigures } from '../render/figures.js';
import type { FiguresOptions } from './commands/figures.js';

/** `npm run figures`: lists, checks, watches or renders. */
export async function runFigures(options: FiguresOptions): Promise<void> {
  if (options.list) return list();
  if (options.watch) return watch(options);
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
    out: options.out,
    width: options.width,
    theme: options.theme,
    run: options.run,
    fingerprint: await fingerprint(options.data),
    open: () => {
      dataset ??= open(options.data);
      return dataset;
    },
    done: (outcome) => process.stdout.write(`${line(outcome)}\n`),
  };
  try {
    if (options.check) await check(job);
    else await renderFigures(job);
  } finally {
    await dataset?.then((one) => one.close());
  }
}

async function open(folder: string): Promise<Dataset> {
  const { openDataset } = await import('../dataset/open.js');
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

function line({ figure, files, missing, unchanged }: Outcome): string {
  const name = figure.name.padEnd(WIDEST);
  if (missing !== undefined) return `${name}  left out: ${missing}`;
  const endings = files.map((file) => /(vl\.)?[^.]+$/.exec(file)![0]).join(', ');
  return `${name}  ${unchanged ? 'unchanged' : endings}`;
}

const WIDEST = Math.max(...figures.map((one) => one.name.length));

function list(): void {
  const lines = figures.map(({ name, claim }) => `${name.padEnd(WIDEST)}  ${claim}\n`);
  process.stdout.write(lines.join(''));
}

/** Builds and renders in a process of its own after each change, since a module once imported stays as it was. */
async function watch(options: FiguresOptions): Promise<void> {
  const [{ watch: observe }, { execa }] = await Promise.all([import('node:fs'), import('execa')]);
  const args = process.argv.slice(2).filter((arg) => arg !== '--watch');
  (await open(options.data)).close();
  let [running, again] = [false, true];
  const render = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await execa(process.execPath, [packagePath('src/bootstrap.mjs'), ...args], {
        stdio: 'inherit',
        reject: false,
      });
      process.stdout.write('watching; Ctrl-C ends\n');
    }
    running = false;
  };
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    again = true;
    clearTimeout(timer);
    timer = setTimeout(render, 150);
  };
  for (const folder of ['figures', 'analysis', 'render', 'common'])
    observe(packagePath('src', folder), { recursive: true }, changed);
  observe(options.data, changed);
  await render();
}
