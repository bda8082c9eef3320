import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { packagePath } from '../common/paths.js';
import type { Row } from '../dataset/schema.js';
import { openDataset } from '../results/core/open.js';
import { temporaryFolder } from '../testing/made-up-runs.js';
import { ingest } from './ingest.js';
import { restore } from './restore.js';

const SEED = packagePath('..', 'shared', 'seed-results');
const seed = { skip: existsSync(SEED) ? false : 'the 2022 results are not at ../shared/seed-results' };

test('the 2022 results: counts, mapping, and every byte again', seed, async (context) => {
  const folder = temporaryFolder(context);
  const report = await ingest({ paths: [SEED], out: join(folder, 'data'), partial: true });
  const dataset = await openDataset(join(folder, 'data'));
  const counts = await dataset.query(
    `select op, outcome, error_class, count(*) as n from operations where run_id = 'baseline/9_thread' group by all order by all`,
  );
  assert.deepEqual(counts, [
    { op: 'exec', outcome: 'fail', error_class: 'locked', n: 13_072 },
    { op: 'exec', outcome: 'ok', error_class: null, n: 900 },
    { op: 'query', outcome: 'censored', error_class: 'timeout', n: 9 },
    { op: 'query', outcome: 'ok', error_class: null, n: 561_437 },
  ]);
  const partial = report.runs.filter(({ status }) => status !== 'complete');
  assert.deepEqual(
    partial.map(({ run_id, status_reason }) => [run_id, status_reason]),
    [['baseline/1_thread', 'worker 0 has no query file']],
  );
  const [memory] = await dataset.query<Row<'runs'>>(
    `select * from runs where run_id = 'memory-level/leader-30mb'`,
  );
  assert.deepEqual(
    [
      memory?.scenario,
      memory?.fault,
      memory?.target_role,
      memory?.severity,
      memory?.severity_unit,
      memory?.workers,
    ],
    ['memory-leader', 'memory-limit', 'leader', 30, 'MB', 9],
  );
  const { written, left } = await restore(dataset, join(folder, 'again'));
  dataset.close();
  assert.deepEqual([written, left], [127, []]);
});
