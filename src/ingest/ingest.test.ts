import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Row } from '../dataset/schema.js';
import { openDataset } from '../results/core/open.js';
import { verify } from '../sharing/verify/verify.js';
import {
  START_NS,
  TWO_WORKERS,
  temporaryFolder,
  writeCapture,
  writeResults,
} from '../testing/made-up-runs.js';
import { rejects } from '../testing/rejects.js';
import { ingest } from './ingest.js';
import { describeIngest } from './report.js';
import { resultsText } from './results-text.js';

test('a capture becomes a dataset: its row, operations, events and samples', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'captures/baseline-1'));
  const out = join(folder, 'data');
  const report = await ingest({ paths: [join(folder, 'captures')], out });
  const dataset = await openDataset(out);
  const [run] = await dataset.query<Row<'runs'>>('select * from runs');
  assert.equal(run?.run_id, 'baseline-1');
  assert.equal(run?.source, 'measured');
  assert.equal(run?.acknowledged_writes, 6);
  const outcomes = await dataset.query(
    'select op, outcome, count(*) as n from operations group by all order by all',
  );
  assert.deepEqual(outcomes, [
    { op: 'exec', outcome: 'fail', n: 2 },
    { op: 'exec', outcome: 'ok', n: 6 },
    { op: 'query', outcome: 'censored', n: 1 },
    { op: 'query', outcome: 'ok', n: 10 },
  ]);
  const [event] = await dataset.query<Row<'events'>>(`select * from events where event = 'workload_ended'`);
  assert.equal(event?.detail, 'as planned, in time');
  const [sample] = await dataset.query<Row<'samples'>>(`select * from samples where node = 'raft2'`);
  assert.deepEqual([sample?.time_ns, sample?.cpu_ns, sample?.cpu_throttled_ns], [START_NS, 900n, null]);
  dataset.close();
  assert.deepEqual(await verify(out), []);
  assert.match(
    describeIngest(report, out),
    /55 lines read from 4 files = 19 operations kept \+ 36 of layout/,
  );
});

test('a failed run keeps its row and none of its operations', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/good'));
  writeCapture(join(folder, 'in/bad'), {
    run: { status: 'failed', status_reason: 'no quorum' },
  });
  writeCapture(join(folder, 'in/empty'), {
    run: { status: 'failed' },
    results: {},
  });
  const report = await ingest({ paths: [join(folder, 'in')], out: join(folder, 'data') });
  const dataset = await openDataset(join(folder, 'data'));
  assert.deepEqual(await dataset.query('select run_id, count(*) as n from operations group by run_id'), [
    { run_id: 'good', n: 19 },
  ]);
  dataset.close();
  assert.equal(report.runs.length, 3);
  assert.match(
    describeIngest(report, 'x'),
    /110 lines read from 8 files = 19 operations kept \+ 72 of layout .* \+ 19 of failed runs/,
  );
  assert.deepEqual(await verify(join(folder, 'data')), []);
});

test('only with --partial: a file that is missing or cut off', async (context) => {
  const folder = temporaryFolder(context);
  const { '1-exec-1700000060': _, ...rest } = TWO_WORKERS;
  const whole = resultsText(TWO_WORKERS['0-query-1700000060']!);
  writeResults(join(folder, 'in/baseline/2_thread'), rest);
  writeResults(join(folder, 'in/cut'), { ...TWO_WORKERS, '0-query-1700000060': whole.slice(0, 250) });
  const options = { paths: [join(folder, 'in')], out: join(folder, 'data') };
  await rejects(ingest(options), /2_thread: worker 1 has no exec file[\s\S]*--partial/);
  await rejects(
    ingest({ ...options, paths: [join(folder, 'in/cut')] }),
    /0-query-1700000060 is cut off after line 13[\s\S]*--partial/,
  );
  assert.equal(existsSync(options.out), false);
  const report = await ingest({ ...options, partial: true });
  assert.deepEqual(
    report.runs.map(({ status }) => status),
    ['partial', 'partial'],
  );
  assert.match(describeIngest(report, 'x'), / 1 cut off /);
  assert.deepEqual(await verify(options.out), []);
});

test('a folder that holds other things is not replaced', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/run'));
  await rejects(
    ingest({ paths: [join(folder, 'in')], out: join(folder, 'in') }),
    /holds files but no dataset/,
  );
  await rejects(ingest({ paths: [join(folder, 'nothing')], out: join(folder, 'data') }), /no such folder/);
});

test('a clock set back by milliseconds is flagged; by more than a second, the run is partial', async (context) => {
  const folder = temporaryFolder(context);
  const back = (by: bigint) => ({
    ...TWO_WORKERS,
    '1-query-1700000060': {
      measurements: [
        [START_NS + by, 5n],
        [START_NS, 6n],
      ] as const,
      errors: [],
    },
  });
  writeResults(join(folder, 'little'), back(30_000_000n));
  writeResults(join(folder, 'much'), back(2_000_000_000n));
  const little = await ingest({ paths: [join(folder, 'little')], out: join(folder, 'data') });
  assert.equal(little.runs[0]?.run_flags, 'not_mapped;clock_stepped_back');
  const much = { paths: [join(folder, 'much')], out: join(folder, 'data') };
  await rejects(ingest(much), /1-query-1700000060, line 8: the clock was set back by 2 s/);
});

test('property: names with quotes, spaces, dots and signs of all kinds stay as they are', async (context) => {
  const folder = temporaryFolder(context);
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((words) => !/[/\0]/.test(words) && !['.', '..'].includes(words));
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.oneof(name, fc.constantFrom("o'clock", 'a..b', '..a', 'x"y', ' z ')), {
        minLength: 1,
        maxLength: 3,
        selector: (n) => n.normalize(),
      }),
      async (names) => {
        const root = join(folder, String(round++));
        for (const one of names) writeResults(join(root, 'in', one), TWO_WORKERS);
        await ingest({ paths: [join(root, 'in')], out: join(root, 'data') });
        const dataset = await openDataset(join(root, 'data'));
        const found = await dataset.query<{ run_id: string; n: number }>(
          'select run_id, count(*) as n from runs join operations using (run_id) group by run_id',
        );
        dataset.close();
        assert.deepEqual(found.map(({ run_id }) => run_id).sort(), [...names].sort());
        assert.ok(found.every(({ n }) => n === 19));
      },
    ),
    { numRuns: 20 },
  );
});
