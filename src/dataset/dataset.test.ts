import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import tar from 'tar-stream';
import { UserError } from '../common/errors.js';
import { ingestInto, madeUpDataset } from '../testing/made-up-dataset.js';
import { contents, temporaryFolder, writeCapture } from '../testing/made-up-runs.js';
import { describeRuns, writeDataPackage } from './datapackage.js';
import { info } from './info.js';
import { openDataset } from './open.js';
import { pack, unpack } from './pack.js';
import { merge, subset } from './rewrite.js';
import type { Row } from './schema.js';
import { describeProblems, verify } from './verify.js';

/** File names without their folder, with their content. */
const files = (folder: string) =>
  Object.fromEntries(Object.entries(contents(folder)).map(([path, content]) => [basename(path), content]));

test('packed, unpacked and verified elsewhere, a dataset is identical; packed twice, so is the package', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await pack(data, join(folder, 'a.tar'));
  await unpack(join(folder, 'a.tar'), join(folder, 'theirs'));
  assert.deepEqual(files(join(folder, 'theirs')), files(data));
  assert.deepEqual(await verify(join(folder, 'theirs')), []);
  await pack(join(folder, 'theirs'), join(folder, 'b.tar'));
  assert.ok(readFileSync(join(folder, 'a.tar')).equals(readFileSync(join(folder, 'b.tar'))));
});

test('ingested again, or cut in two and merged, a dataset has the same bytes', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await ingestInto(folder, join(folder, 'again'));
  assert.deepEqual(files(join(folder, 'again')), files(data));
  assert.equal(await subset(data, join(folder, 'crash'), { scenarios: ['crash-leader'] }), 1);
  assert.equal(
    await subset(data, join(folder, 'rest'), { runs: ['large-1', 'baseline-1'], status: ['complete'] }),
    2,
  );
  assert.deepEqual(await verify(join(folder, 'rest')), []);
  assert.equal(await merge([join(folder, 'rest'), join(folder, 'crash')], join(folder, 'whole')), 3);
  assert.deepEqual(files(join(folder, 'whole')), files(data));
});

test('what cannot be merged or cut is said', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  const out = join(folder, 'out');
  await rejects(merge([data, data], out), /the run baseline-1 is in both/);
  await rejects(subset(data, out, { scenarios: ['crash-leder'] }), /did you mean crash-leader\?/);
  await rejects(subset(data, out, { scenarios: ['baseline'], runs: ['crash-1'] }), /no run fits/);
  assert.equal(existsSync(out), false);
});

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
  assert.equal(run?.flags, 'a "doubt", or two');
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

test('info says in a screenful what is in a dataset', async (context) => {
  const { data } = await madeUpDataset(context);
  const text = await info(data);
  assert.match(text, /3 runs, 70,041 operations/);
  assert.match(text, /crash-leader +crash/);
  assert.ok(text.split('\n').length < 40);
});

type Spoil = (data: string) => Promise<void> | void;
const unsound: Record<string, [spoil: Spoil, message: RegExp]> = {
  'a changed byte': [(d) => flip(join(d, 'operations.parquet'), 5000), /operations.parquet: was changed/],
  'a file cut short': [
    (d) => truncateSync(join(d, 'operations.parquet'), 900),
    /operations.parquet: has 900 bytes, but datapackage.json says/,
  ],
  'a word of its own': [
    edit(
      'runs.csv',
      'crash-1,made-up,crash-leader,crash,leader',
      'crash-1,made-up,crash-leader,crash,loader',
    ),
    /runs.csv, row 2, column target_role: expected one of none, leader, follower, received "loader"/,
  ],
  'letters for a number': [
    edit('sources.csv', '0-query-1700000060,2', '0-query-1700000060,x2'),
    /sources.csv, row 9, column bytes: "x2\d+" is no BIGINT/,
  ],
  'a missing value': [
    edit('runs.csv', 'crash-1,made-up,', 'crash-1,,'),
    /runs.csv, row 2, column campaign: is missing/,
  ],
  'a run twice': [edit('runs.csv', 'crash-1,', 'baseline-1,'), /runs.csv, row 2, column run_id: comes twice/],
  'a run that is not there': [
    edit('events.csv', 'crash-1,', 'crash-2,'),
    /events.csv, row 3, column run_id: is not in runs, received "crash-2"/,
  ],
  'rows out of order': [
    edit('events.csv', 'baseline-1,', 'crash-1,'),
    /events.csv, row 1: is not in the order/,
  ],
  'a count that disagrees': [
    edit('runs.csv', /^(baseline-1,.*),6,/m, '$1,5,'),
    /runs.csv, row 1, column acknowledged_writes: says 5, but 6 writes succeeded/,
  ],
  'lines that do not add up': [
    edit('sources.csv', /(,14,5),9,0,0$/m, '$1,8,0,0'),
    /sources.csv, row 1, column lines: 14 lines are not the sum/,
  ],
  'another header': [
    edit('events.csv', 'run_id,time_ns', 'run,time_ns'),
    /events.csv: expected the header run_id,time_ns/,
  ],
};

for (const [name, [spoil, message]] of Object.entries(unsound)) {
  test(`verify finds ${name}, and names the place`, async (context) => {
    const { data } = await madeUpDataset(context);
    await spoil(data);
    const said = describeProblems(await verify(data));
    assert.match(said, message);
    await rejects(pack(data, `${data}.tar`), /is not sound/);
  });
}

type Entry = [header: { name: string; type?: 'symlink'; linkname?: string }, content: Buffer];

const NOTHING: Entry = [{ name: '' }, Buffer.alloc(0)];

const packages: Record<string, [change: (entries: Entry[]) => Entry[], message: RegExp]> = {
  'a path that leaves its folder': [
    (e) => [...e, [{ name: '../evil.csv' }, Buffer.from('x')]],
    /"..\/evil.csv" is not in its datapackage.json/,
  ],
  'an absolute path': [
    (e) => [...e, [{ name: '/tmp/evil.csv' }, Buffer.from('x')]],
    /is not in its datapackage.json/,
  ],
  'a link': [
    (e) => [...e, [{ name: 'runs.csv', type: 'symlink', linkname: '/etc/passwd' }, Buffer.alloc(0)]],
    /"runs.csv" is a symlink: expected files alone/,
  ],
  'a file too many': [(e) => [...e, [{ name: 'more.csv' }, Buffer.from('x')]], /"more.csv" is not in its/],
  'a file twice': [(e) => [...e, e[1]!], /comes twice/],
  'a file too few': [(e) => e.slice(0, -1), /is missing, but its datapackage.json lists it/],
  'another file first': [(e) => e.slice(1), /expected datapackage.json first/],
  'a path of its own in the package': [
    ([[header, content] = NOTHING, ...e]) => [
      [
        { name: header.name },
        Buffer.from(content.toString().replace('"path": "runs.csv"', '"path": "../runs.csv"')),
      ],
      ...e,
    ],
    /"..\/runs.csv": expected one of runs.csv/,
  ],
  'a changed file': [
    (e) =>
      e.map(([h, c]) =>
        h.name === 'runs.csv'
          ? [{ name: h.name }, Buffer.from(c.toString().replace('crash', 'crush'))]
          : [h, c],
      ),
    /"runs.csv" was changed/,
  ],
  'a longer file': [
    (e) => e.map(([h, c]) => (h.name === 'runs.csv' ? [{ name: h.name }, Buffer.concat([c, c])] : [h, c])),
    /"runs.csv" has \d+ bytes, but/,
  ],
};

for (const [name, [change, message]] of Object.entries(packages)) {
  test(`unpack refuses ${name}, and writes nothing`, async (context) => {
    const { folder, data } = await madeUpDataset(context);
    await pack(data, join(folder, 'a.tar'));
    const entries = await entriesOf(readFileSync(join(folder, 'a.tar')));
    writeFileSync(join(folder, 'b.tar'), await tarOf(change(entries)));
    const before = contents(folder);
    await rejects(unpack(join(folder, 'b.tar'), join(folder, 'theirs')), message);
    assert.deepEqual(contents(folder), before);
  });
}

test('unpack refuses a package that is too large, and a target that is there', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await pack(data, join(folder, 'a.tar'));
  await rejects(unpack(join(folder, 'a.tar'), join(folder, 'theirs'), 1000), /is too large/);
  await rejects(unpack(join(folder, 'a.tar'), data), /is there already: nothing was unpacked/);
  await rejects(pack(data, join(folder, 'a.tar')), /is there already/);
});

test('property: a package cut anywhere, or with a byte changed, is refused or its tables unpack to the same', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await subset(data, join(folder, 'small'), { runs: ['baseline-1'] });
  await pack(join(folder, 'small'), join(folder, 'a.tar'));
  const whole = readFileSync(join(folder, 'a.tar'));
  const wanted = { ...files(join(folder, 'small')), 'datapackage.json': '' };
  let round = 0;
  const change = fc.record({
    cut: fc.option(fc.nat(whole.length - 1)),
    at: fc.nat(whole.length - 1),
    byte: fc.nat(255),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ cut, at, byte }) => {
      const bytes = Buffer.from(cut === null ? whole : whole.subarray(0, cut));
      if (at < bytes.length && cut === null) bytes[at] = byte;
      const file = join(folder, `${round}.tar`);
      const target = join(folder, `theirs-${round++}`);
      writeFileSync(file, bytes);
      try {
        await unpack(file, target);
        assert.deepEqual({ ...files(target), 'datapackage.json': '' }, wanted);
      } catch (error) {
        assert.ok(error instanceof UserError, (error as Error).stack);
        assert.equal(existsSync(target), false);
      }
    }),
    { numRuns: 200 },
  );
});

test('property: a dataset with a changed byte is never found sound', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await subset(data, join(folder, 'small'), { runs: ['baseline-1'] });
  const names = ['runs.csv', 'events.csv', 'sources.csv', 'operations.parquet', 'samples.parquet'];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (name, at, bits) => {
        const path = join(folder, 'small', name);
        const whole = readFileSync(path);
        const bytes = Buffer.from(whole);
        bytes[at % bytes.length]! ^= bits;
        writeFileSync(path, bytes);
        const problems = await verify(join(folder, 'small')).finally(() => writeFileSync(path, whole));
        assert.ok(problems.some(({ file }) => file === name));
      },
    ),
    { numRuns: 100 },
  );
});

function sampleHeader(folder: string): string {
  writeCapture(join(folder, 'other'));
  const path = join(folder, 'other/samples.csv');
  writeFileSync(path, `${readFileSync(path, 'utf8').split('\n')[0]}\n`);
  return path;
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  assert.ok(at < statSync(path).size);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
}

/** Changes a CSV file and makes the package agree with it, so that only the content is wrong. */
function edit(file: string, from: string | RegExp, to: string): Spoil {
  return async (data) => {
    const path = join(data, file);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(from, to);
    assert.notEqual(after, before);
    writeFileSync(path, after);
    await writeDataPackage(data, describeRuns([]));
  };
}

async function entriesOf(bytes: Buffer): Promise<Entry[]> {
  const extract = tar.extract();
  extract.end(bytes);
  const entries: Entry[] = [];
  for await (const entry of extract) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    entries.push([{ name: entry.header.name! }, Buffer.concat(parts)]);
  }
  return entries;
}

async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = tar.pack();
  for (const [header, content] of entries) archive.entry(header as tar.Header, content);
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function rejects(promise: Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(promise, (error: Error) => {
    assert.ok(error instanceof UserError, error.stack);
    assert.match(error.message, message);
    return true;
  });
}
