import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { subset } from '../sharing/rewrite/subset.js';
import { madeUpDataset } from '../testing/made-up-dataset.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import { openExplored } from './database.js';
import { page } from './page.js';

test('who leaves while a question is answered does not wait for the answer', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'explore-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await writeSyntheticDataset(folder, { operations: 1_000 });
  const data = await openExplored(folder);
  const answer = data.ask('SELECT count(*) FROM range(1_000_000_000_000) t(i) WHERE i % 7 = 3');
  data.close();
  await assert.rejects(answer, /interrupt/i);
  await assert.rejects(data.ask('SELECT 1'), /was closed before it was asked/);
  data.close();
});

test('the page says of how many runs only results were kept', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  const small = join(folder, 'small');
  await subset(data, small, { operationsOfTrials: 1 });
  for (const [dir, words] of [
    [data, /operations of 3 runs\. Drag/],
    [small, /operations of 2 runs\. 1 run more keeps only results, for size: /],
  ] as const) {
    const explored = await openExplored(dir);
    context.after(() => explored.close());
    assert.match(page(explored), words);
  }
});
