import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../testing/made-up-runs.js';
import { parquetReader } from '../testing/parquet.js';
import { anyWordColumn, constantColumn, numberColumn, progressionColumn, wordColumn } from './columns.js';
import { deltaEncode } from './encode.js';
import { ParquetFile } from './file.js';

test('columns put together from parts are read by DuckDB as they were, with what is missing', async (context) => {
  const path = join(temporaryFolder(context), 'all.parquet');
  const file = new ParquetFile(
    path,
    [
      { name: 'place', type: 'BYTE_ARRAY', optional: false },
      { name: 'i', type: 'INT32', optional: false },
      { name: 'ns', type: 'INT64', optional: true },
      { name: 'kind', type: 'BYTE_ARRAY', optional: true },
      { name: 'said', type: 'BYTE_ARRAY', optional: true },
    ],
    'a test',
  );
  const body = deltaEncode(Float64Array.of(5, -3, 8), 3, 10n);
  file.addRowGroup(6, [
    constantColumn(6, 'here'),
    progressionColumn([
      { rows: 4, first: 7, step: 1 },
      { rows: 2, first: 3, step: 0 },
    ]),
    numberColumn([
      { rows: 3, body: null },
      { rows: 3, body, range: [7n, 18n] },
    ]),
    wordColumn(
      [
        { rows: 2, places: 1 },
        { rows: 2, places: null },
        { rows: 2, places: [2, 0] },
      ],
      ['a', 'b', 'c'],
    ),
    anyWordColumn([
      { rows: 2, places: [1, 0], words: ['x', 'y'] },
      { rows: 2, places: null },
      { rows: 2, places: [0, 1], words: ['y', 'z'] },
    ]),
  ]);
  file.addRowGroup(1, [
    constantColumn(1, 'there'),
    progressionColumn([{ rows: 1, first: 0, step: 0 }]),
    numberColumn([{ rows: 1, body: null }]),
    wordColumn([{ rows: 1, places: null }], ['a', 'b', 'c']),
    anyWordColumn([{ rows: 1, places: null }]),
  ]);
  file.end();
  const { ask, file: from, metadata } = await parquetReader(context);
  const rows = await ask(`select * from ${from(path)}`);
  assert.deepEqual(
    rows.map((row) => Object.values(row)),
    [
      ['here', 7, null, 'b', 'y'],
      ['here', 8, null, 'b', 'x'],
      ['here', 9, null, null, null],
      ['here', 10, 15n, null, null],
      ['here', 3, 7n, 'c', 'y'],
      ['here', 3, 18n, 'a', 'z'],
      ['there', 0, null, null, null],
    ],
  );
  const statistics = await ask(
    `select stats_min_value as least, stats_max_value as greatest, stats_null_count as missing from ${metadata(path)} order by row_group_id, column_id`,
  );
  assert.deepEqual(
    statistics.map((row) => Object.values(row)),
    [
      ['here', 'here', 0n],
      ['3', '10', 0n],
      ['7', '18', 3n],
      [null, null, 2n],
      [null, null, 2n],
      ['there', 'there', 0n],
      ['0', '0', 0n],
      [null, null, 1n],
      [null, null, 1n],
      [null, null, 1n],
    ],
  );
});

test('property: words of parts with dictionaries of their own are read by DuckDB as they were', async (context) => {
  const folder = temporaryFolder(context);
  const { column } = await parquetReader(context);
  let round = 0;
  const words = fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 5 }), async (parts) => {
      const path = join(folder, `${round++}.parquet`);
      const file = new ParquetFile(path, [{ name: 'w', type: 'BYTE_ARRAY', optional: false }], 'a test');
      const chunk = anyWordColumn(
        parts.map((part) => {
          const own = [...new Set(part)];
          return { rows: part.length, places: part.map((word) => own.indexOf(word)), words: own };
        }),
      );
      file.addRowGroup(parts.flat().length, [chunk]);
      file.end();
      assert.deepEqual(await column(path), parts.flat());
    }),
    { numRuns: 100 },
  );
});
