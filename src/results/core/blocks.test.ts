import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask, openDuck } from '../../dataset/duck.js';
import { ingestInto } from '../../testing/made-up-dataset.js';
import { temporaryFolder, writeCapture } from '../../testing/made-up-runs.js';
import { overview } from '../derived/overview.js';
import { trials } from '../derived/trials.js';
import { BLOCKS } from './blocks.js';
import { openDataset } from './open.js';

test('a run that was made again when the campaign had gone on to other blocks is in none of them', async (t) => {
  const duck = await openDuck();
  t.after(() => duck.close());
  const runs: [name: string, block: number, at: string | null, seed?: number][] = [
    ['a1', 1, '2026-11-23T03:00:00.000Z'],
    ['b1', 1, '2026-11-23T03:01:00.000Z'],
    ['other plan', 7, '2026-11-23T03:01:30.000Z', 2],
    ['b2', 2, '2026-11-23T03:02:00.000Z'],
    ['a2', 2, '2026-11-23T03:03:00.000Z'],
    ['a2 after a long pause', 2, '2026-11-23T03:34:00.000Z'],
    ['b1 again', 1, '2026-11-23T03:35:00.000Z'],
    ['not dated', 1, null, 3],
    ['nor this', 1, null, 3],
  ];
  const values = runs
    .map(
      ([name, block, at, seed = 1]) =>
        `('${name}', 'c', ${seed}, 'h', NULL, ${block}, ${at ? `'${at}'` : 'NULL::VARCHAR'})`,
    )
    .join(', ');
  await ask(
    duck,
    `CREATE TABLE runs AS FROM (VALUES ${values}) t(run_id, campaign, seed, host, part, block, started_at)`,
  );
  const found = await ask<{ run_id: string; in_block: string; remade: boolean }>(
    duck,
    `FROM ${BLOCKS} ORDER BY run_id`,
  );
  const of = (name: string) => found.find(({ run_id }) => run_id === name)!;
  const together = (a: string, b: string) => of(a).in_block === of(b).in_block;
  assert.ok(together('a1', 'b1') && together('a2', 'b2') && together('not dated', 'nor this'));
  assert.ok(!together('a1', 'a2') && !together('a1', 'b1 again') && !together('a2', 'a2 after a long pause'));
  assert.deepEqual(
    found.filter(({ remade }) => remade).map(({ run_id }) => run_id),
    ['a2 after a long pause', 'b1 again'],
  );
});

test('an attempt that was made again is in the dataset, and in nothing that is said over trials', async (t) => {
  const folder = temporaryFolder(t);
  writeCapture(join(folder, 'in/run-t1'), {});
  writeCapture(join(folder, 'in/run-t1-a1'), { run: { repeated: true } });
  await ingestInto(folder, join(folder, 'data'));
  const data = await openDataset(join(folder, 'data'));
  t.after(() => data.close());
  const stored = await data.query<{ run_id: string }>(
    'SELECT run_id FROM runs WHERE repeated ORDER BY run_id',
  );
  assert.deepEqual(stored, [{ run_id: 'run-t1-a1' }]);
  assert.deepEqual(
    (await trials(data)).map(({ run_id }) => run_id),
    ['run-t1'],
  );
  const { runs, complete, repeated } = await overview(data);
  assert.deepEqual([runs, complete, repeated], [1, 1, 1]);
});
