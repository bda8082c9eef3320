import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type SyntheticOptions, writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import { chooseNotebooks, runNotebook } from './run.js';

test('every notebook runs to its end, on a dataset with several trials of each configuration', async (context) => {
  await runAll(context, { operations: 20_000 });
});

test('every notebook runs to its end on single trials, which have no intervals', async (context) => {
  await runAll(context, { operations: 5_000, keep: (plan) => plan.trial === 1 });
});

test('a section that lacks its data says so', async (context) => {
  const keep = (plan: { scenario: string; trial: number }) =>
    plan.scenario === 'baseline' && plan.trial === 1;
  const notebooks = await runAll(context, { operations: 5_000, keep });
  assert.match(notebooks.find(({ name }) => name.startsWith('05'))!.text, /leader was lost: 0/);
});

test('the outputs of two runs are the same', async (context) => {
  const dataset = await madeUp(context, { operations: 20_000 });
  const [path] = chooseNotebooks(['01']);
  const [first, second] = [await runNotebook(path!, { dataset }), await runNotebook(path!, { dataset })];
  assert.deepEqual(first.notebook, second.notebook);
  assert.ok(JSON.stringify(first.notebook).includes('<svg'));
});

/** Runs all notebooks on a dataset that is made up, and returns them with their outputs. */
async function runAll(
  context: TestContext,
  options: SyntheticOptions,
): Promise<{ name: string; text: string }[]> {
  const dataset = await madeUp(context, options);
  const done: { name: string; text: string }[] = [];
  for (const path of chooseNotebooks([])) {
    const { name, failure, notebook } = await runNotebook(path, { dataset });
    assert.equal(failure, undefined, `${name}: ${failure}`);
    done.push({ name, text: JSON.stringify(notebook) });
  }
  return done;
}

async function madeUp(context: TestContext, options: SyntheticOptions): Promise<string> {
  const dataset = await mkdtemp(join(tmpdir(), 'notebooks-'));
  context.after(() => rm(dataset, { recursive: true, force: true }));
  await writeSyntheticDataset(dataset, options);
  return dataset;
}
