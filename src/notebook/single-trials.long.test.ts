import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import { chooseNotebooks, runNotebook } from './run.js';

test('every notebook runs to its end on single trials, which have no intervals', async (context) => {
  const single = await mkdtemp(join(tmpdir(), 'single-'));
  context.after(() => rm(single, { recursive: true, force: true }));
  await writeSyntheticDataset(single, { operations: 5_000, keep: (plan) => plan.trial === 1 });
  for (const path of chooseNotebooks([])) {
    const run = await runNotebook(path, { dataset: single });
    assert.equal(run.failure, undefined, `${run.name}: ${run.failure}`);
  }
});
