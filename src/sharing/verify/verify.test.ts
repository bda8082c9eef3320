import assert from 'node:assert/strict';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeRuns, writeDataPackage } from '../../dataset/datapackage.js';
import { ALL_TABLES } from '../../results/core/tables.js';
import { madeUpDataset } from '../../testing/made-up-dataset.js';
import { rejects } from '../../testing/rejects.js';
import { replaceIn } from '../../testing/replace-in.js';
import { pack } from '../pack.js';
import { subset } from '../rewrite/subset.js';
import { describeProblems } from './problem.js';
import { verify } from './verify.js';

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
    /runs.csv, row 2, column target_role: expected one of none, leader, follower, newcomer, several, received "loader"/,
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
    /events.csv: expected the columns run_id, time_ns.*; run_id is missing/,
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
    { numRuns: 25 },
  );
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  assert.ok(at < statSync(path).size);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
}

/** Changes a CSV file and makes the package agree with it, so that only the content is wrong. */
function edit(file: string, from: string | RegExp, to: string): Spoil {
  return async (data) => {
    replaceIn(join(data, file), from, to);
    await writeDataPackage(data, describeRuns([]), ALL_TABLES);
  };
}
