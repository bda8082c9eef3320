import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';
import { writeSyntheticDataset } from './synthetic-dataset.js';
import { verdict } from './verdict.js';

const OPERATIONS = 10_000_000;
const MANY_OPERATIONS = 100_000_000;
const ROUNDS = 5;
const MOST_OF_PEER = 0.6;
/** Results are stored with the runs, so that operations cost the figures nothing: what is more is noise. */
const MOST_GROWTH = 1.1;
/** What the scripts of 2022 drew, one each. */
const OF_2022 = [
  'baseline',
  'leader-throughput',
  'leader-latency',
  'follower-throughput',
  'follower-latency',
  'cpu-levels',
  'memory-levels',
];
const SCRIPTS = packagePath('src/testing/matplotlib');

/**
 * How long all figures take in all formats, from made-up datasets of 10 M and of 100 M operations, beside what 2022 did: seven
 * matplotlib scripts with numbers typed in, one PNG each. In turn, several times; medians are printed. Ends with 1 when a bar does
 * not hold.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-figures-'));
  try {
    const data = await synthetic(join(folder, 'data'), OPERATIONS);
    const many = await synthetic(join(folder, 'many'), MANY_OPERATIONS);
    await execa('sync'); // what is still to be written would slow down the first rounds
    const python = await pythonWithMatplotlib();
    const none = (): number[] => [];
    const times = { peer: none(), seven: none(), all: none(), again: none(), one: none(), many: none() };
    for (let round = 0; round < ROUNDS; round++) {
      const out = join(folder, `figures-${round}`);
      if (python) times.peer.push(await seconds(() => matplotlib(python, folder)));
      times.seven.push(await seconds(() => figures(data, `${out}-seven`, OF_2022)));
      times.all.push(await seconds(() => figures(data, out)));
      times.again.push(await seconds(() => figures(data, out)));
      await forget(out, 'outage');
      times.one.push(await seconds(() => figures(data, out)));
      times.many.push(await seconds(() => figures(many, `${out}-many`)));
    }
    const peer = median(times.peer);
    const all = median(times.all);
    line('seven matplotlib scripts, numbers typed in, one PNG each', python ? peer : undefined);
    line('the same seven from the dataset, as SVG, PDF, PNG and spec', median(times.seven));
    line('all figures from the dataset, as SVG, PDF, PNG and spec', all);
    line('again, nothing changed', median(times.again));
    line('again, one figure changed', median(times.one));
    line('all figures from ten times as many operations', median(times.many));
    if (python) verdict('the same seven, times the scripts', median(times.seven) / peer, '×', MOST_OF_PEER);
    if (python) verdict('all figures, times the scripts', all / peer, '×', MOST_OF_PEER);
    verdict('ten times as many operations, times as long', median(times.many) / all, '×', MOST_GROWTH);
    if (!python) process.stdout.write('matplotlib is not installed: apt-get install python3-matplotlib\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function synthetic(dir: string, operations: number): Promise<string> {
  process.stdout.write(`writing a dataset of ${operations.toLocaleString('en-US')} operations …\n`);
  await writeSyntheticDataset(dir, { operations });
  return dir;
}

async function figures(data: string, out: string, only: readonly string[] = []): Promise<void> {
  const chosen = only.length > 0 ? ['--only', only.join(',')] : [];
  const main = packagePath('dist/src/cli/main.js');
  await execa(process.execPath, [main, 'figures', '--data', data, '--out', out, ...chosen]);
}

async function matplotlib(python: string, out: string): Promise<void> {
  for (const script of (await readdir(SCRIPTS)).sort())
    await execa(python, [join(SCRIPTS, script), join(out, `${script}.png`)]);
}

async function pythonWithMatplotlib(): Promise<string | undefined> {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { failed } = await execa(python, ['-c', 'import matplotlib'], { reject: false });
    if (!failed) return python;
  }
  return undefined;
}

/** Makes a figure stale, as a change to its source would. */
async function forget(out: string, figure: string): Promise<void> {
  const file = join(out, '.cache', 'figures.json');
  const cache = JSON.parse(await readFile(file, 'utf8'));
  cache[figure].key = 'another';
  await writeFileWhole(file, JSON.stringify(cache));
}

async function seconds(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function line(what: string, value: number | undefined): void {
  const shown = value === undefined ? '–' : `${value.toFixed(2)} s`;
  process.stdout.write(`${what.padEnd(58)} ${shown.padStart(8)}\n`);
}
