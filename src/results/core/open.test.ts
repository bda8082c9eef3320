import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Row } from '../../dataset/schema.js';
import { verify } from '../../sharing/verify/verify.js';
import { ingestInto, madeUpDataset } from '../../testing/made-up-dataset.js';
import { temporaryFolder, writeCapture } from '../../testing/made-up-runs.js';
import { rejects } from '../../testing/rejects.js';
import { openDataset } from './open.js';

test('whole numbers are numbers, but nanoseconds are bigint; values are bound', async (context) => {
  const { data } = await madeUpDataset(context);
  const dataset = await openDataset(data);
  context.after(() => dataset.close());
  const [row] = await dataset.query(
    `select count(*) as n, sum(latency_ns) as total_ns, sum(seq) as big, max(latency_ns) / 1e6 as most_ms, [1, 2] as list, null as nothing
     from operations where run_id = $run and op = 'exec'`,
    { run: 'baseline-1' },
  );
  assert.deepEqual(row, {
    n: 8,
    total_ns: 6_000_006n,
    big: 13,
    most_ms: 1.000002,
    list: [1, 2],
    nothing: null,
  });
  assert.deepEqual(await dataset.query('select ?::integer as a', [7]), [{ a: 7 }]);
  const none = await dataset.query('select * from runs where run_id = $run', { run: "x' or true --" });
  assert.deepEqual(none, []);
  const [run] = await dataset.query<Row<'runs'>>(`select * from runs where run_id = 'large-1'`);
  assert.equal(run?.status_reason, 'a "doubt", or two');
});

test('a dataset that is closed below a question answers it, and takes no more of them', async (context) => {
  const { data } = await madeUpDataset(context);
  const dataset = await openDataset(data);
  const answers = Promise.all(
    [7, 11].map((by) =>
      dataset.query('select count(*) as n from range(20_000_000) t(i) where i % $by = 0', { by }),
    ),
  );
  dataset.close();
  assert.deepEqual(await answers, [[{ n: 2_857_143 }], [{ n: 1_818_182 }]]);
  await assert.rejects(dataset.query('select 1'), /was closed before it was asked/);
  dataset.close();
});

test('a dataset without samples has an empty table of the right types', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/a'), { samples: readFileSync(sampleHeader(folder), 'utf8') });
  await ingestInto(folder, join(folder, 'data'));
  assert.equal(existsSync(join(folder, 'data/samples.parquet')), false);
  const dataset = await openDataset(join(folder, 'data'));
  const [types] = await dataset.query('select count(*) as n, typeof(max(cpu_ns)) as t from samples');
  dataset.close();
  assert.deepEqual(types, { n: 0, t: 'BIGINT' });
  assert.deepEqual(await verify(join(folder, 'data')), []);
});

test('a danfojs frame is for small results, and says what to do with large ones', async (context) => {
  const { data } = await madeUpDataset(context);
  const dataset = await openDataset(data);
  context.after(() => dataset.close());
  const frame = await dataset.frame(
    'select op, count(*) as n, max(start_ns) as last_ns from operations group by op order by op',
  );
  assert.deepEqual(frame.columns, ['op', 'n', 'last_ns']);
  assert.deepEqual(frame.shape, [2, 3]);
  assert.equal((frame.values as unknown[][])[0]![1], 16);
  await rejects(dataset.frame('select * from operations'), /70041 rows.*10,000[\s\S]*group by/);
  const empty = await dataset.frame('select run_id, workers from runs where false');
  assert.deepEqual(empty.columns, ['run_id', 'workers']);
});

function sampleHeader(folder: string): string {
  writeCapture(join(folder, 'other'));
  const path = join(folder, 'other/samples.csv');
  writeFileSync(path, `${readFileSync(path, 'utf8').split('\n')[0]}\n`);
  return path;
}
