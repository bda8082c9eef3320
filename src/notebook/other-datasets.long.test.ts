import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openClient } from '../testing/open-client.js';
import { type SyntheticOptions, writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import type { Notebook } from './ipynb.js';
import { chooseNotebooks, runNotebook } from './run.js';

test('every notebook runs to its end, on a dataset with several trials of each configuration', async (context) => {
  await runAll(context, { operations: 20_000 });
});

test('every notebook runs to its end on single trials, which have no intervals', async (context) => {
  await runAll(context, { operations: 5_000, keep: (plan) => plan.trial === 1 });
});

test('every notebook runs to its end on a campaign with the client, and the one of clients has its pictures', async (context) => {
  const { data, remove } = await openClient();
  context.after(remove);
  const notebooks = await runOn(data.folder);
  const pictures = notebooks.find(({ name }) => name.startsWith('07'))!.text.match(/"image\/svg\+xml"/g);
  assert.ok(pictures!.length >= 6, `${pictures!.length}`);
});

test('a section that lacks its data says so', async (context) => {
  const keep = (plan: { scenario: string; trial: number }) =>
    plan.scenario === 'baseline' && plan.trial === 1;
  const notebooks = await runAll(context, { operations: 5_000, keep });
  assert.match(notebooks.find(({ name }) => name.startsWith('05'))!.text, /leader was lost in 0 trials/);
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
  return runOn(await madeUp(context, options));
}

async function runOn(dataset: string): Promise<{ name: string; text: string }[]> {
  const done: { name: string; text: string }[] = [];
  for (const path of chooseNotebooks([])) {
    const { name, failure, notebook } = await runNotebook(path, { dataset });
    assert.equal(failure, undefined, `${name}: ${failure}`);
    assert.deepEqual(sentences(notebook!).filter(isBroken), [], name);
    done.push({ name, text: JSON.stringify(notebook) });
  }
  return done;
}

/** What `say` wrote below the cells. */
function sentences({ cells }: Notebook): string[] {
  return cells
    .flatMap(({ outputs }) => outputs ?? [])
    .flatMap((output) =>
      'data' in output && output.data['text/markdown'] ? [output.data['text/plain']] : [],
    )
    .map((text) => [text].flat().join(''));
}

/** Whether a sentence counts one thing as several, tells a value twice as a range, or has a hole. */
function isBroken(sentence: string): boolean {
  return [
    /\b1 (runs|trials|workers|files|lines|ways|scenarios|operations|reads|writes|configurations|ratios)\b/,
    /(?<![\d.,])([\d.,]*\d) (to|and) \1(?![\d.,])/,
    /NaN|undefined|null|Infinity|\[object/,
    / {2}| [,.;:]|\b(of|in|from|run) (was|were|is|are|,)/,
  ].some((sign) => sign.test(sentence));
}

async function madeUp(context: TestContext, options: SyntheticOptions): Promise<string> {
  const dataset = await mkdtemp(join(tmpdir(), 'notebooks-'));
  context.after(() => rm(dataset, { recursive: true, force: true }));
  await writeSyntheticDataset(dataset, options);
  return dataset;
}
