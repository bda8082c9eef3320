import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../testing/made-up-runs.js';
import { parquetReader } from '../testing/parquet.js';
import { bitWidth, deltaEncode, deltaProgression, LIMIT, rleEncode } from './encode.js';
import { ENCODING, ParquetFile } from './file.js';

const MAKER = 'a test';

const exact = fc.oneof(
  fc.integer({ min: 0, max: 1000 }),
  fc.integer({ min: 0, max: 2 ** 31 }),
  fc.maxSafeInteger().map((n) => Math.abs(n) % LIMIT),
  fc.maxSafeInteger().map((n) => -(Math.abs(n) % (LIMIT / 2))),
);

test('property: numbers of any width, delta encoded, are read by DuckDB as they were', async (context) => {
  const folder = temporaryFolder(context);
  const { column } = await parquetReader(context);
  let round = 0;
  const values = fc.oneof(
    fc.array(exact, { minLength: 1, maxLength: 400 }),
    fc.array(fc.nat(2 ** 20), { minLength: 120, maxLength: 400 }),
  );
  await fc.assert(
    fc.asyncProperty(values, fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), async (numbers, base) => {
      const path = join(folder, `${round++}.parquet`);
      const file = new ParquetFile(path, [{ name: 'n', type: 'INT64', optional: false }], MAKER);
      const body = deltaEncode(Float64Array.from(numbers), numbers.length, base);
      const page = { rows: numbers.length, encoding: ENCODING.DELTA_BINARY_PACKED, present: true, body };
      file.addRowGroup(numbers.length, [{ pages: [page] }]);
      file.end();
      assert.deepEqual(
        await column(path),
        numbers.map((n) => base + BigInt(n)),
      );
    }),
    { numRuns: 300 },
  );
});

test('property: indexes of any width are read by DuckDB as they were, packed or in runs', async (context) => {
  const folder = temporaryFolder(context);
  const { column } = await parquetReader(context);
  let round = 0;
  const run = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 40 }));
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 30 }), async (runs) => {
      const indexes = runs.flatMap(([value, times]) => new Array<number>(times).fill(value));
      const dictionary = Array.from({ length: 301 }, (_, i) => `word ${i}`);
      const width = bitWidth(300);
      const path = join(folder, `${round++}.parquet`);
      const file = new ParquetFile(path, [{ name: 'word', type: 'BYTE_ARRAY', optional: true }], MAKER);
      const body = Buffer.concat([Buffer.from([width]), rleEncode(indexes, width)]);
      const rows = indexes.length;
      const absent = { rows: 3, encoding: ENCODING.PLAIN, present: false, body: new Uint8Array(0) };
      const present = { rows, encoding: ENCODING.RLE_DICTIONARY, present: true, body };
      file.addRowGroup(rows + 6, [{ dictionary, pages: [absent, present, absent] }]);
      file.end();
      const words = indexes.map((i) => `word ${i}`);
      assert.deepEqual(await column(path), [null, null, null, ...words, null, null, null]);
    }),
    { numRuns: 200 },
  );
});

test('a progression takes a few bytes, whatever its length', async (context) => {
  const path = join(temporaryFolder(context), 'n.parquet');
  const file = new ParquetFile(path, [{ name: 'n', type: 'INT32', optional: false }], MAKER);
  const body = deltaProgression(7, 1, 20_000);
  assert.ok(body.length < 60, `${body.length} bytes`);
  file.addRowGroup(20_000, [
    { pages: [{ rows: 20_000, encoding: ENCODING.DELTA_BINARY_PACKED, present: true, body }] },
  ]);
  file.end();
  const { column } = await parquetReader(context);
  assert.deepEqual(
    await column(path),
    Array.from({ length: 20_000 }, (_, i) => i + 7),
  );
});
