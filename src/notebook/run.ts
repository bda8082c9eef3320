import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { execa } from 'execa';
import { unknownName } from '../common/errors.js';
import { packagePath } from '../common/paths.js';
import type { Executed } from './execute.js';
import { type Notebook, readNotebook, sourceOf, withOutputs, writeNotebook } from './ipynb.js';

const MINUTES = 10;

/** What became of a notebook. */
export interface NotebookRun {
  name: string;
  seconds: number;
  /** Why it failed, with the cell and its first line. */
  failure?: string;
  /** How its outputs differ from the ones in the file; only where `check` was asked for. */
  difference?: string;
  /** The notebook with the outputs of this run; only where it did not fail. */
  notebook?: Notebook;
}

export interface RunOptions {
  /** The dataset, as an absolute path; each notebook's own where none is given. */
  dataset?: string | undefined;
  /** Puts the outputs into the file. */
  write?: boolean;
  /** Compares the outputs with those in the file. */
  check?: boolean;
}

/** The notebooks in a folder whose names begin with one of `names`; all of them where none is given. */
export function chooseNotebooks(names: readonly string[], folder = packagePath('notebooks')): string[] {
  const all = readdirSync(folder)
    .filter((file) => file.endsWith('.ipynb'))
    .sort();
  const wanted = names.map((name) => basename(name));
  for (const name of wanted) {
    const known = all.map((file) => file.replace(/\.ipynb$/, ''));
    if (!all.some((file) => file.startsWith(name))) throw unknownName('notebook', name, known);
  }
  const chosen = all.filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)));
  return chosen.map((file) => join(folder, file));
}

/** Runs a notebook from its first cell to its last; the file stays as it is, unless `write` and nothing failed. */
export async function runNotebook(path: string, options: RunOptions): Promise<NotebookRun> {
  const start = performance.now();
  const notebook = await readNotebook(path);
  const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
  const executed = await execute(path, code.map(sourceOf), options.dataset);
  const run = { name: basename(path), seconds: (performance.now() - start) / 1000 };
  if (executed.failed) {
    const { cell, message } = executed.failed;
    const line = sourceOf(code[cell]!).split('\n')[0];
    return { ...run, failure: `code cell ${cell + 1} (${line}):\n${message}` };
  }
  const after = withOutputs(notebook, executed.outputs);
  const difference = options.check ? firstDifference(notebook, after) : undefined;
  if (options.write) await writeNotebook(path, after);
  return { ...run, notebook: after, ...(difference ? { difference } : {}) };
}

async function execute(path: string, sources: string[], dataset: string | undefined): Promise<Executed> {
  const child = execa(packagePath('dist/src/notebook/execute.js'), {
    node: true,
    // require() of an ES module, which is how a cell imports, is said to be experimental by Node 20
    nodeOptions: ['--disable-warning=ExperimentalWarning'],
    ipc: true,
    serialization: 'json',
    cwd: dirname(path),
    env: { ...(dataset === undefined ? {} : { DATASET: dataset }), TZ: 'UTC', NO_COLOR: '1' },
    timeout: MINUTES * 60_000,
    reject: false,
  });
  try {
    const answer = child.getOneMessage() as Promise<unknown>;
    await child.sendMessage(sources);
    return (await answer) as Executed;
  } catch {
    const { stderr, timedOut } = await child;
    const message = timedOut ? `not finished after ${MINUTES} minutes` : stderr || 'the process ended early';
    return { outputs: [], failed: { cell: 0, message } };
  } finally {
    await child;
  }
}

function firstDifference(before: Notebook, after: Notebook): string | undefined {
  const [old, now] = [before, after].map((one) => one.cells.filter((cell) => cell.cell_type === 'code'));
  const cell = now!.findIndex((one, i) => !isDeepStrictEqual(one.outputs, old![i]!.outputs));
  if (cell < 0) return undefined;
  return `the outputs of code cell ${cell + 1} (${sourceOf(now![cell]!).split('\n')[0]}) are not those in the file`;
}
