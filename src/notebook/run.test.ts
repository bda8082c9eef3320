import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { UserError } from '../common/errors.js';
import { packagePath } from '../common/paths.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import { type Notebook, readNotebook, sourceOf, writeNotebook } from './ipynb.js';
import { chooseNotebooks, runNotebook } from './run.js';

// within the package, where a cell finds it by its name
let folder: string;
let dataset: string;
before(async () => {
  await mkdir(packagePath('.cache'), { recursive: true });
  folder = await mkdtemp(packagePath('.cache', 'notebooks-'));
  dataset = join(folder, 'many');
  await writeSyntheticDataset(dataset, { operations: 20_000 });
});
after(() => rm(folder, { recursive: true, force: true }));

const reference = packagePath('data/reference');
test('the outputs in the files are what the shipped datasets give', {
  skip: existsSync(join(reference, 'datapackage.json')) ? false : 'there is no data/reference',
}, async () => {
  for (const path of chooseNotebooks([])) {
    const run = await runNotebook(path, { check: true });
    assert.equal(run.failure ?? run.difference, undefined, run.name);
  }
});

test('an error is told with its cell, in whatever way the cell fails', async () => {
  const fails = async (...cells: string[]) =>
    (await runNotebook(await notebookOf(cells), { dataset })).failure;
  const open = `import { openDataset } from 'dqlite-reliability';\nconst data = await openDataset();`;
  assert.match((await fails('1 + 1', 'throw new Error("out of luck")'))!, /^code cell 2 .*out of luck/s);
  assert.match((await fails('Promise.reject(new Error("nobody waits"));', '1'))!, /nobody waits/);
  assert.match((await fails('const n: number = "one";', '1'))!, /code cell 1 .*\n1:7 - Type 'string'/);
  assert.match((await fails(open, `await data.sql('select run_idd from runs');`))!, /run_idd/);
  assert.match((await fails(open, `(await data.frame('select run_id from runs')).column('run');`))!, /"run"/);
  assert.match((await fails(open, `await data.sql('select 1 as n from run');`))!, /run does not exist/);
  assert.match((await fails(open, `await data.figure('timelin');`))!, /did you mean timeline\?/);
  assert.match((await fails('process.exit(3)'))!, /ended early/);
});

test('outputs are written where asked for, and compared with those in the file', async () => {
  const path = await notebookOf([`console.log('one');\nconsole.log('two');`, '6 * 7']);
  const before = await readFile(path, 'utf8');
  assert.match((await runNotebook(path, { dataset, check: true })).difference!, /code cell 1/);
  assert.equal(await readFile(path, 'utf8'), before);
  await runNotebook(path, { dataset, write: true });
  const { cells } = JSON.parse(await readFile(path, 'utf8')) as Notebook;
  assert.deepEqual(cells[0]!.outputs, [{ output_type: 'stream', name: 'stdout', text: ['one\n', 'two\n'] }]);
  assert.deepEqual(cells[1]!.outputs, [{ output_type: 'stream', name: 'stdout', text: ['42\n'] }]);
  assert.equal((await runNotebook(path, { dataset, check: true })).difference, undefined);
});

test('a notebook that does not exist is answered with those that do', () => {
  assert.throws(() => chooseNotebooks(['99']), UserError);
  assert.deepEqual(chooseNotebooks(['notebooks/02-baseline.ipynb']), [
    packagePath('notebooks/02-baseline.ipynb'),
  ]);
});

let made = 0;
async function notebookOf(sources: readonly string[]): Promise<string> {
  const path = join(folder, `made-${made++}.ipynb`);
  const cells = sources.map((source) => ({
    cell_type: 'code' as const,
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  await writeNotebook(path, { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  return path;
}

test('no number of the data is typed into a text of the notebooks', async () => {
  const typed: string[] = [];
  for (const path of chooseNotebooks([])) {
    for (const cell of (await readNotebook(path)).cells.filter((one) => one.cell_type === 'markdown')) {
      // 2022 is the name of an evaluation; what is in backquotes is code
      const text = sourceOf(cell)
        .replace(/`[^`]*`/g, '')
        .replaceAll('2022', '');
      typed.push(...(text.match(/.*\d.*/g) ?? []));
    }
  }
  assert.deepEqual(typed, []);
});
