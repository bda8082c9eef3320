import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder, writeCapture } from '../testing/made-up-runs.js';
import { rejects } from '../testing/rejects.js';
import { ingest } from './ingest.js';

/** The captures of blocks of a campaign of four blocks, of two runs each, in three parts. */
function writeBlocks(folder: string, part: number, blocks: readonly number[], plan = 'abc') {
  for (const block of blocks)
    for (const name of ['baseline', 'crash'])
      writeCapture(join(folder, `part-${part}/captures/${name}-t${block}`), {
        run: { campaign: 'parted', block, part: `${part}/3`, plan, plan_blocks: 4 },
      });
}

test('all parts of a campaign become one dataset, of which nothing is missing', async (context) => {
  const folder = temporaryFolder(context);
  writeBlocks(folder, 1, [1, 4]);
  writeBlocks(folder, 2, [2]);
  writeBlocks(folder, 3, [3]);
  const { runs, notes } = await ingest({ paths: [folder], out: join(folder, 'data') });
  assert.equal(runs.length, 8);
  assert.deepEqual(
    notes.filter(({ about }) => about === 'parted'),
    [],
  );
});

test('blocks that no part brought are named, and those that miss runs', async (context) => {
  const folder = temporaryFolder(context);
  writeBlocks(folder, 1, [1]);
  writeBlocks(folder, 3, [3]);
  writeCapture(join(folder, 'part-2/captures/crash-t2'), {
    run: { campaign: 'parted', block: 2, part: '2/3', plan: 'abc', plan_blocks: 4 },
  });
  const { notes } = await ingest({ paths: [folder], out: join(folder, 'data') });
  assert.deepEqual(
    notes.filter(({ about }) => about === 'parted'),
    [{ about: 'parted', note: 'of its 4 blocks, missing are 2 (1 of 2 runs), 4' }],
  );
});

test('parts of different plans are refused', async (context) => {
  const folder = temporaryFolder(context);
  writeBlocks(folder, 1, [1, 4]);
  writeBlocks(folder, 2, [2], 'other');
  await rejects(
    ingest({ paths: [folder], out: join(folder, 'data') }),
    /part 1\/3 of plan abc, but .* part 2\/3 of plan other: expected parts of one plan/,
  );
});
