import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUpDataset } from '../testing/made-up-dataset.js';
import { info } from './info.js';

test('info says in a screenful what is in a dataset', async (context) => {
  const { data } = await madeUpDataset(context);
  const text = await info(data);
  assert.match(text, /3 runs, 70,041 operations/);
  assert.match(text, /crash-leader +crash/);
  assert.ok(text.split('\n').length < 40);
});
