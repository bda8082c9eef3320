import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesOf, ingestInto, madeUpDataset } from '../../testing/made-up-dataset.js';
import { rejects } from '../../testing/rejects.js';
import { verify } from '../verify/verify.js';
import { merge } from './merge.js';
import { subset } from './subset.js';

test('ingested again, or cut in two and merged, a dataset has the same bytes', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await ingestInto(folder, join(folder, 'again'));
  assert.deepEqual(filesOf(join(folder, 'again')), filesOf(data));
  assert.equal(await subset(data, join(folder, 'crash'), { scenarios: ['crash-leader'] }), 1);
  assert.equal(
    await subset(data, join(folder, 'rest'), { runs: ['large-1', 'baseline-1'], status: ['complete'] }),
    2,
  );
  assert.deepEqual(await verify(join(folder, 'rest')), []);
  assert.equal(await merge([join(folder, 'rest'), join(folder, 'crash')], join(folder, 'whole')), 3);
  assert.deepEqual(filesOf(join(folder, 'whole')), filesOf(data));
});

test('what cannot be merged or cut is said', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  const out = join(folder, 'out');
  await rejects(merge([data, data], out), /the run baseline-1 is in both/);
  await rejects(subset(data, out, { scenarios: ['crash-leder'] }), /did you mean crash-leader\?/);
  await rejects(subset(data, out, { scenarios: ['baseline'], runs: ['crash-1'] }), /no run fits/);
  assert.equal(existsSync(out), false);
});
