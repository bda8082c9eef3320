import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Row } from '../dataset/schema.js';
import { openDataset } from '../results/core/open.js';
import { madeUpResults, START_NS, temporaryFolder, writeResults } from '../testing/made-up-runs.js';
import { ingest } from './ingest.js';

test('error messages decide the outcome; one never seen is kept whole', async (context) => {
  const folder = temporaryFolder(context);
  const messages = [
    'database is locked',
    'checkpoint in progress',
    'failed to create dqlite connection: no available dqlite leader server found',
    'context deadline exceeded',
    'EOF',
    'disk I/O error',
    'dial tcp 10.0.0.1:9001: connect: connection refused',
    'the moon "is", wrong',
    'a database is locked by nobody',
    'context canceled',
  ];
  writeResults(join(folder, 'in/run'), {
    '0-exec-1': madeUpResults(1, messages),
    '0-query-1': madeUpResults(1, [], START_NS - 1n),
  });
  await ingest({ paths: [join(folder, 'in')], out: join(folder, 'data') });
  const dataset = await openDataset(join(folder, 'data'));
  const rows = await dataset.query<Row<'operations'>>(
    'select * from operations where error is not null order by seq',
  );
  dataset.close();
  assert.deepEqual(
    rows.map(({ error }) => error),
    messages,
  );
  assert.deepEqual(
    rows.map(({ error_class, outcome }) => `${error_class} ${outcome}`),
    [
      'locked fail',
      'checkpoint fail',
      'no_leader fail',
      'timeout indeterminate',
      'eof indeterminate',
      'disk_io indeterminate',
      'connection indeterminate',
      'unknown indeterminate',
      'unknown indeterminate',
      'canceled censored',
    ],
  );
});

test('a time-out is censored only as the last of its worker, in either of its files', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'in/run'), {
    '0-exec-1': madeUpResults(1, ['context deadline exceeded']),
    '0-query-1': madeUpResults(9, ['context deadline exceeded']),
  });
  await ingest({ paths: [join(folder, 'in')], out: join(folder, 'data') });
  const dataset = await openDataset(join(folder, 'data'));
  const rows = await dataset.query('select op, outcome from operations where error is not null order by op');
  dataset.close();
  assert.deepEqual(rows, [
    { op: 'exec', outcome: 'indeterminate' },
    { op: 'query', outcome: 'censored' },
  ]);
});
