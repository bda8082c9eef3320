import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Row } from '../dataset/schema.js';
import { openDataset } from '../results/core/open.js';
import { subset } from '../sharing/rewrite/subset.js';
import { verify } from '../sharing/verify/verify.js';
import { madeUpClient } from '../testing/made-up-client.js';
import { ingestInto } from '../testing/made-up-dataset.js';
import { START_NS, temporaryFolder, writeCapture } from '../testing/made-up-runs.js';
import { rejects } from '../testing/rejects.js';
import type { Model } from '../vocabulary/models.js';

test('what the client recorded becomes attempts in Unix time, with the names of the nodes', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(
    join(folder, 'in/pause-1'),
    madeUpClient({ durationS: 10, outage: { fromS: 2, toS: 5 }, unknown: 3, dropped: 4 }),
  );
  await ingestInto(folder, join(folder, 'data'));
  assert.deepEqual(await verify(join(folder, 'data')), []);
  const data = await openDataset(join(folder, 'data'));
  context.after(() => data.close());
  const [first] = await data.query('SELECT * FROM attempts ORDER BY operation LIMIT 1 OFFSET 1');
  assert.deepEqual(first, {
    run_id: 'pause-1',
    operation: 1,
    attempt: 1,
    client: 1,
    op: 'write',
    key: 1,
    argument: '2',
    result: null,
    intended_ns: START_NS + 10_000_000n,
    sent_ns: START_NS + 10_000_000n,
    done_ns: START_NS + 15_000_000n,
    outcome: 'ok',
    reason: null,
    error: null,
    node: 'raft1',
    final: true,
  });
  const outcomes = await data.query(
    'SELECT outcome, count(*) AS n, count(done_ns) AS done, min(error) AS error FROM attempts GROUP BY outcome ORDER BY outcome',
  );
  assert.deepEqual(outcomes, [
    { outcome: 'dropped', n: 4, done: 0, error: null },
    { outcome: 'ok', n: 993, done: 993, error: null },
    { outcome: 'unknown', n: 3, done: 0, error: 'read: timeout, after "10 s"' },
  ]);
  const [run] = await data.query('SELECT acknowledged_writes, rows_found, run_flags, consistency FROM runs');
  assert.deepEqual(run, {
    acknowledged_writes: 495,
    rows_found: null,
    run_flags: null,
    consistency: 'valid',
  });
  const [source] = await data.query('SELECT lines, lines_kept, lines_layout, worker FROM sources');
  assert.deepEqual(source, { lines: 1002, lines_kept: 1000, lines_layout: 2, worker: null });
});

test('attempts that are not as many as the client counted are refused', async (context) => {
  const folder = temporaryFolder(context);
  const capture = madeUpClient({ durationS: 2 });
  const cut = String(capture.results!['attempts.csv']).split('\n').slice(0, -20).join('\n');
  writeCapture(join(folder, 'in/cut-1'), {
    ...capture,
    results: { ...capture.results, 'attempts.csv': `${cut}\n` },
  });
  await rejects(
    ingestInto(folder, join(folder, 'data')),
    /attempts\.csv: expected 200 operations \(offered\), as its client counted, found 18\d/,
  );
  assert.ok(!existsSync(join(folder, 'data')));
});

test('a client that was killed before its end is told from one that was not', async (context) => {
  const folder = temporaryFolder(context);
  const capture = madeUpClient({ durationS: 2 });
  const { totals: _, ended_ns: __, ...unended } = JSON.parse(String(capture.results!['client.json']));
  writeCapture(join(folder, 'in/killed-1'), {
    ...capture,
    results: { ...capture.results, 'client.json': JSON.stringify(unended) },
  });
  await rejects(ingestInto(folder, join(folder, 'data')), /its client did not come to its end/);
});

test('a subset takes the attempts of its runs, or leaves them out and keeps what they came to', async (context) => {
  const folder = temporaryFolder(context);
  const outage = { fromS: 1, toS: 2 };
  writeCapture(join(folder, 'in/one-t1'), madeUpClient({ durationS: 4, outage, run: { trial: 1 } }));
  writeCapture(join(folder, 'in/one-t2'), madeUpClient({ durationS: 4, outage, run: { trial: 2 } }));
  await ingestInto(folder, join(folder, 'data'));
  await subset(join(folder, 'data'), join(folder, 'small'), { operationsOfTrials: 1 });
  assert.deepEqual(await verify(join(folder, 'small')), []);
  const small = await openDataset(join(folder, 'small'));
  context.after(() => small.close());
  const count = (table: string) =>
    small.query(`SELECT run_id, count(*) AS n FROM ${table} GROUP BY run_id ORDER BY run_id`);
  assert.deepEqual(await count('attempts'), [{ run_id: 'one-t1', n: 400 }]);
  assert.deepEqual(await count('service'), [
    { run_id: 'one-t1', n: 8 },
    { run_id: 'one-t2', n: 8 },
  ]);
});

test('a run is judged by the model that its scenario expects, and an invalid one keeps its witness', async (context) => {
  const folder = temporaryFolder(context);
  const stale = (consistency_expected: Model) =>
    madeUpClient({ durationS: 4, stale: 200, run: { consistency_expected } });
  writeCapture(join(folder, 'in/strict-1'), stale('strict serializability'));
  writeCapture(join(folder, 'in/weak-1'), stale('serializability'));
  await ingestInto(folder, join(folder, 'data'));
  assert.deepEqual(await verify(join(folder, 'data')), []);
  const data = await openDataset(join(folder, 'data'));
  context.after(() => data.close());
  const [strict, weak] = await data.query<Row<'runs'>>('SELECT * FROM runs ORDER BY run_id');
  assert.deepEqual([strict!.consistency, weak!.consistency], ['invalid', 'valid']);
  assert.deepEqual(
    [strict!.consistency_model, weak!.consistency_model],
    ['serializability', 'serializability'],
  );
  assert.match(strict!.consistency_reason!, /^stale read of 1/);
  const witness = JSON.parse(strict!.consistency_witness!) as { operation: string; op: string }[];
  assert.ok(witness.length <= 5);
  assert.deepEqual([witness.at(-1)!.operation, witness.at(-1)!.op], ['204', 'read']);
  // as text, since a number would be cut
  const sent = START_NS + 2_040_000_000n;
  assert.match(
    strict!.consistency_witness!,
    new RegExp(`"sent_ns":${sent},"done_ns":${sent + 1_000_000n}}]$`),
  );
});
