import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { writeFileWhole } from '../common/files.js';
import { packagePath } from '../common/paths.js';
import { writeSyntheticDataset } from './synthetic-dataset.js';

const OPERATIONS = 10_000_000;
const ROUNDS = 3;
const SCRIPTS = packagePath('src/testing/matplotlib');

/**
 * How long all figures take in all formats, from a made-up dataset of 10 M operations, beside what 2022 did: seven
 * matplotlib scripts with numbers typed in, one PNG each. In turn, several times; medians are printed.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-figures-'));
  try {
    const data = join(folder, 'data');
    process.stdout.write(`writing a dataset of ${OPERATIONS.toLocaleString('en-US')} operations …\n`);
    await writeSyntheticDataset(data, { operations: OPERATIONS });
    const python = await pythonWithMatplotlib();
    const times = { peer: [] as number[], all: [] as number[], again: [] as number[], one: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const out = join(folder, `figures-${round}`);
      if (python) times.peer.push(await seconds(() => matplotlib(python, folder)));
      times.all.push(await seconds(() => figures(data, out)));
      times.again.push(await seconds(() => figures(data, out)));
      await forget(out, 'outage');
      times.one.push(await seconds(() => figures(data, out)));
    }
    const peer = median(times.peer);
    const all = median(times.all);
    line('seven matplotlib scripts, numbers typed in, one PNG each', python ? peer : undefined);
    line(
      'all figures from the dataset, as SVG, PDF, PNG and spec',
      all,
      python && `× ${(all / peer).toFixed(2)}`,
    );
    line('again, nothing changed', median(times.again));
    line('again, one figure changed', median(times.one));
    if (!python) process.stdout.write('matplotlib is not installed: apt-get install python3-matplotlib\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function figures(data: string, out: string): Promise<void> {
  await execa(process.execPath, [
    packagePath('dist/src/cli/main.js'),
    'figures',
    '--data',
    data,
    '--out',
    out,
  ]);
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

function line(what: string, value: number | undefined, note: string | undefined = ''): void {
  const shown = value === undefined ? '–' : `${value.toFixed(2)} s`;
  process.stdout.write(`${what.padEnd(58)} ${shown.padStart(8)}  ${note}\n`);
}
