import assert from 'node:assert/strict';
import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import fc from 'fast-check';
import { UserError } from '../common/errors.js';
import { packagePath } from '../common/paths.js';
import { openDataset } from '../dataset/open.js';
import type { Row } from '../dataset/schema.js';
import { verify } from '../dataset/verify.js';
import {
  contents,
  madeUpResults,
  START_NS,
  TWO_WORKERS,
  temporaryFolder,
  writeCapture,
  writeResults,
} from '../testing/made-up-runs.js';
import { type IngestOptions, ingest } from './ingest.js';
import { describeIngest } from './report.js';
import { restore } from './restore.js';
import { resultsText } from './results-text.js';

const SEED = packagePath('..', 'shared', 'seed-results');
const seed = { skip: existsSync(SEED) ? false : 'the 2022 results are not at ../shared/seed-results' };

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

test('the files of a folder can be made again byte for byte', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'in/odd name, "quoted"'), TWO_WORKERS);
  await ingest({ paths: [join(folder, 'in')], out: join(folder, 'data') });
  const dataset = await openDataset(join(folder, 'data'));
  assert.deepEqual(await restore(dataset, join(folder, 'again')), { written: 4, left: [] });
  dataset.close();
  const withoutRoot = (root: string) => Object.values(contents(join(folder, root)));
  assert.deepEqual(withoutRoot('again'), withoutRoot('in'));
});

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

test('a folder that is itself the root is known by its own name, and the mapping still knows its path', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'baseline/2_thread'), TWO_WORKERS);
  const { runs } = await ingest({ paths: [join(folder, 'baseline/2_thread')], out: join(folder, 'data') });
  assert.deepEqual([runs[0]?.run_id, runs[0]?.scenario, runs[0]?.duration_s], ['2_thread', 'baseline', 60]);
});

test('a mapping of one’s own says what folders are', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'in/mine'), TWO_WORKERS);
  const mapping = join(folder, 'mapping.csv');
  const header = 'folder,scenario,fault,target_role,severity,severity_unit,workers,duration_s';
  writeFileSync(
    mapping,
    `${header}\nin/mine,slow-disk,disk-throttle,follower,1000,bytes_per_s,2,30\nlost,a,none,none,,,1,1\n`,
  );
  const options = { paths: [join(folder, 'in')], out: join(folder, 'data'), mapping };
  const { runs, notes } = await ingest(options);
  assert.deepEqual([runs[0]?.scenario, runs[0]?.severity, runs[0]?.duration_s], ['slow-disk', 1000, 30]);
  assert.match(notes.map(({ note }) => note).join(), /lost is mapped, but no such folder was found/);
  writeFileSync(mapping, `${header}\nmine,slow-disk,disk-throttle,follower,fast,bytes_per_s,2,30\n`);
  await rejects(ingest(options), /mapping.csv, line 2, column severity: .*received "fast"/);
  writeFileSync(mapping, 'folder,scenario\nmine,slow-disk\n');
  await rejects(ingest(options), /line 1: no column fault, target_role/);
});

test('a folder that no mapping knows goes by its own name, and that is said; so are folders of the same content', async (context) => {
  const folder = temporaryFolder(context);
  writeResults(join(folder, 'in/a'), TWO_WORKERS);
  writeResults(join(folder, 'in/b'), TWO_WORKERS);
  const { runs, notes } = await ingest({ paths: [join(folder, 'in')], out: join(folder, 'data') });
  assert.deepEqual(
    runs.map(({ scenario, workers }) => [scenario, workers]),
    [
      ['a', 2],
      ['b', 2],
    ],
  );
  const said = notes.map(({ about, note }) => `${about}: ${note}`).join('\n');
  assert.match(said, /a: no mapping knows this folder/);
  assert.match(said, /b: has the same content as a; both are kept/);
});

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

test('a failed run keeps its row and none of its operations', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/good'));
  writeCapture(join(folder, 'in/bad'), {
    run: { status: 'failed', status_reason: 'no quorum', acknowledged_writes: null },
  });
  writeCapture(join(folder, 'in/empty'), {
    run: { status: 'failed', acknowledged_writes: null },
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

const bad: Record<string, [spoil: (capture: string) => void, message: RegExp]> = {
  'letters where a number belongs': [
    replaceIn(
      'results/0-exec-1700000060',
      `${START_NS + 1_000_000n} 1.000001`,
      `${START_NS + 1_000_000n} 1.00000l`,
    ),
    /0-exec-1700000060, line 8: a measurement/,
  ],
  'a count that disagrees': [
    replaceIn('results/0-exec-1700000060', 'n 3', 'n 4'),
    /0-exec-1700000060, line 1: the header says n is 4/,
  ],
  'results that changed since': [
    (c) => writeFileSync(join(c, 'results/1-exec-1700000060'), resultsText(madeUpResults(2))),
    /1-exec-1700000060 is not what .*manifest.json recorded/,
  ],
  'events that changed since': [replaceIn('events.csv', 'raft1', 'raft3'), /events.csv is not what/],
  'a results file too many': [
    (c) => writeResults(join(c, 'results'), { '2-exec-1700000060': madeUpResults(1) }),
    /2-exec-1700000060 is not in .*manifest.json/,
  ],
  'a worker twice': [
    (c) => writeResults(join(c, 'results'), { '1-exec-1700000061': madeUpResults(1) }),
    /worker 1 has two exec files/,
  ],
  'a listed file that is not there': [
    (c) => rmSync(join(c, 'results/1-exec-1700000060')),
    /1-exec-1700000060 is not there/,
  ],
  'a manifest that is not JSON': [replaceIn('manifest.json', '{', ''), /manifest.json: not JSON/],
  'a manifest of another kind': [
    replaceIn('manifest.json', '"duration_s": 60', '"duration_s": "60"'),
    /manifest.json: run.duration_s/,
  ],
  'a path that leaves the capture': [
    replaceIn('manifest.json', '"events.csv"', '"../events.csv"'),
    /no path below the capture/,
  ],
  'a folder that was renamed': [
    (c) => renameSync(c, join(c, '../other')),
    /run_id is run, but the folder is other/,
  ],
  'writes that do not add up': [
    replaceIn('manifest.json', '"acknowledged_writes": 6', '"acknowledged_writes": 7'),
    /says 7 writes were acknowledged, the results hold 6/,
  ],
};

for (const [name, [spoil, message]] of Object.entries(bad)) {
  test(`${name}: an error that names the place, and the dataset as it was`, async (context) => {
    const folder = temporaryFolder(context);
    const options: IngestOptions = { paths: [join(folder, 'in')], out: join(folder, 'data') };
    writeCapture(join(folder, 'in/run'));
    await ingest(options);
    const before = contents(options.out);
    spoil(join(folder, 'in/run'));
    await rejects(ingest(options), message);
    assert.deepEqual(contents(options.out), before);
    assert.deepEqual(readdirSync(folder).sort(), ['data', 'in']);
  });
}

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
  assert.equal(little.runs[0]?.flags, 'not_mapped;clock_stepped_back');
  const much = { paths: [join(folder, 'much')], out: join(folder, 'data') };
  await rejects(ingest(much), /1-query-1700000060, line 8: the clock was set back by 2 s/);
});

test('of two ingests into one target, one wins and the other says so', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/run'));
  const options = { paths: [join(folder, 'in')], out: join(folder, 'data') };
  const results = await Promise.allSettled([ingest(options), ingest(options)]);
  const lost = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  assert.equal(lost.length, 1);
  assert.match(lost[0]!.reason.message, /is being written by another process/);
  assert.deepEqual(await verify(options.out), []);
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
    { numRuns: 40 },
  );
});

test('the command ends with an error, one line and no stack trace', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/run'));
  replaceIn('results/0-exec-1700000060', 'n 3', 'n 4')(join(folder, 'in/run'));
  const args = ['ingest', join(folder, 'in'), '--out', join(folder, 'data')];
  const { exitCode, stderr } = await execa(process.execPath, [packagePath('dist/src/cli/main.js'), ...args], {
    reject: false,
  });
  assert.equal(exitCode, 1);
  assert.match(stderr, /^error: .*0-exec-1700000060, line 1: the header says n is 4[^\n]*$/);
});

test('stopped by Ctrl-C, it leaves what was there; killed, the next one clears its traces away', async (context) => {
  const folder = temporaryFolder(context);
  // enough to read for seconds
  writeResults(join(folder, 'in/run'), { '0-exec-1': madeUpResults(20_000) });
  for (let i = 1; i < 1000; i++) {
    linkSync(join(folder, 'in/run/0-exec-1'), join(folder, `in/run/${i >> 1}-${i % 2 ? 'query' : 'exec'}-1`));
  }
  const out = join(folder, 'data');
  const stopIt = async (signal: NodeJS.Signals) => {
    const args = [packagePath('dist/src/cli/main.js'), 'ingest', join(folder, 'in'), '--out', out];
    const child = execa(process.execPath, args, { reject: false });
    while (!readdirSync(folder).some((name) => name.endsWith('.tmp'))) await setTimeout(2);
    child.kill(signal);
    return child;
  };
  const { exitCode, stderr } = await stopIt('SIGINT');
  assert.deepEqual([exitCode, stderr], [130, 'error: stopped by SIGINT']);
  assert.deepEqual(readdirSync(folder), ['in']);
  await stopIt('SIGKILL');
  assert.equal(readdirSync(folder).filter((name) => name.endsWith('.tmp')).length, 1);
  writeResults(join(folder, 'small/run'), TWO_WORKERS);
  await ingest({ paths: [join(folder, 'small')], out });
  assert.deepEqual(readdirSync(folder).sort(), ['data', 'in', 'small']);
});

test('a dataset that was being replaced when the process was killed is put back', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/run'));
  const options = { paths: [join(folder, 'in')], out: join(folder, 'data') };
  await ingest(options);
  const before = contents(options.out);
  renameSync(options.out, join(folder, 'data.old.4000000-0123abcd.tmp'));
  replaceIn('manifest.json', '"acknowledged_writes": 6', '"acknowledged_writes": 7')(join(folder, 'in/run'));
  await rejects(ingest(options), /writes were acknowledged/);
  assert.deepEqual(contents(options.out), before);
  assert.deepEqual(readdirSync(folder).sort(), ['data', 'in']);
});

function replaceIn(file: string, from: string, to: string): (capture: string) => void {
  return (capture) => {
    const path = join(capture, file);
    const before = readFileSync(path, 'utf8');
    assert.ok(before.includes(from), `${from} is in ${file}`);
    writeFileSync(path, before.replace(from, to));
  };
}

async function rejects(promise: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(promise, (error: Error) => {
    assert.ok(error instanceof UserError, error.stack);
    assert.match(error.message, message);
    return true;
  });
}
