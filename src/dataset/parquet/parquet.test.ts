import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../../testing/made-up-runs.js';
import { ERROR_CLASSES, OUTCOMES } from '../../vocabulary/outcomes.js';
import { type Duck, literal, openDuck } from '../duck.js';
import { encodeOperations, OperationsWriter } from '../operations.js';
import { bitWidth, deltaEncode, deltaProgression, LIMIT, rleEncode } from './encode.js';
import { ENCODING, ParquetFile } from './file.js';

/** Reads back, by DuckDB, one column of numbers. */
async function readBack(duck: Duck, path: string): Promise<unknown[]> {
  const sql = `select * exclude (file_row_number) from read_parquet(${literal(path)}, file_row_number = true) order by file_row_number`;
  return (await duck.connection.runAndReadAll(sql)).getRowsJS().flat();
}

const exact = fc.oneof(
  fc.integer({ min: 0, max: 1000 }),
  fc.integer({ min: 0, max: 2 ** 31 }),
  fc.maxSafeInteger().map((n) => Math.abs(n) % LIMIT),
  fc.maxSafeInteger().map((n) => -(Math.abs(n) % (LIMIT / 2))),
);

test('property: numbers of any width, delta encoded, are read by DuckDB as they were', async (context) => {
  const folder = temporaryFolder(context);
  const duck = await openDuck({ threads: '1' });
  context.after(() => duck.close());
  let round = 0;
  const values = fc.oneof(
    fc.array(exact, { minLength: 1, maxLength: 400 }),
    fc.array(fc.nat(2 ** 20), { minLength: 120, maxLength: 400 }),
  );
  await fc.assert(
    fc.asyncProperty(values, fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), async (numbers, base) => {
      const path = join(folder, `${round++}.parquet`);
      const file = new ParquetFile(path, [{ name: 'n', type: 'INT64', optional: false }]);
      const body = deltaEncode(Float64Array.from(numbers), numbers.length, base);
      const page = { rows: numbers.length, encoding: ENCODING.DELTA_BINARY_PACKED, present: true, body };
      file.addRowGroup(numbers.length, [{ pages: [page] }]);
      file.end();
      assert.deepEqual(
        await readBack(duck, path),
        numbers.map((n) => base + BigInt(n)),
      );
    }),
    { numRuns: 300 },
  );
});

test('property: indexes of any width are read by DuckDB as they were, packed or in runs', async (context) => {
  const folder = temporaryFolder(context);
  const duck = await openDuck({ threads: '1' });
  context.after(() => duck.close());
  let round = 0;
  const run = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 40 }));
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 30 }), async (runs) => {
      const indexes = runs.flatMap(([value, times]) => new Array<number>(times).fill(value));
      const dictionary = Array.from({ length: 301 }, (_, i) => `word ${i}`);
      const width = bitWidth(300);
      const path = join(folder, `${round++}.parquet`);
      const file = new ParquetFile(path, [{ name: 'word', type: 'BYTE_ARRAY', optional: true }]);
      const body = Buffer.concat([Buffer.from([width]), rleEncode(indexes, width)]);
      const rows = indexes.length;
      const absent = { rows: 3, encoding: ENCODING.PLAIN, present: false, body: new Uint8Array(0) };
      const present = { rows, encoding: ENCODING.RLE_DICTIONARY, present: true, body };
      file.addRowGroup(rows + 6, [{ dictionary, pages: [absent, present, absent] }]);
      file.end();
      const words = indexes.map((i) => `word ${i}`);
      assert.deepEqual(await readBack(duck, path), [null, null, null, ...words, null, null, null]);
    }),
    { numRuns: 200 },
  );
});

test('a progression takes a few bytes, whatever its length', async (context) => {
  const path = join(temporaryFolder(context), 'n.parquet');
  const file = new ParquetFile(path, [{ name: 'n', type: 'INT32', optional: false }]);
  const body = deltaProgression(7, 1, 20_000);
  assert.ok(body.length < 60, `${body.length} bytes`);
  file.addRowGroup(20_000, [
    { pages: [{ rows: 20_000, encoding: ENCODING.DELTA_BINARY_PACKED, present: true, body }] },
  ]);
  file.end();
  const duck = await openDuck();
  const numbers = await readBack(duck, path);
  duck.close();
  assert.deepEqual(
    numbers,
    Array.from({ length: 20_000 }, (_, i) => i + 7),
  );
});

test('statistics are true, so that readers may skip row groups', async (context) => {
  const path = join(temporaryFolder(context), 'operations.parquet');
  const writer = new OperationsWriter(path);
  const block = (from: number) =>
    encodeOperations({
      rows: 3,
      base: 1_700_000_000_000_000_000n,
      starts: Float64Array.of(from, from - 5, from + 9),
      latencies: Float64Array.of(3, 2, 4),
      startRange: [from - 5, from + 9],
      latencyRange: [2, 4],
      errors: null,
    });
  const lost = {
    messages: ['a', 'b'],
    message: Uint32Array.of(1, 0, 1),
    outcome: Uint8Array.of(1, 2, 3),
    errorClass: Uint8Array.of(0, 3, 8),
  };
  writer.add('first', 'exec', 0, 0, block(100));
  writer.add('first', 'exec', 0, 3, { ...block(200), latencies: null, latencyRange: null, errors: lost });
  writer.add('second', 'query', 2, 0, block(300));
  writer.end();
  const duck = await openDuck();
  const ask = async (sql: string) => (await duck.connection.runAndReadAll(sql)).getRowsJS();
  const metadata = await ask(
    `select row_group_id, path_in_schema, stats_min_value, stats_max_value, stats_null_count from parquet_metadata(${literal(path)})
     where path_in_schema in ('run_id', 'start_ns', 'latency_ns', 'seq')`,
  );
  assert.deepEqual(metadata, [
    [0n, 'run_id', 'first', 'first', 0n],
    [0n, 'seq', '0', '5', 0n],
    [0n, 'start_ns', '1700000000000000095', '1700000000000000209', 0n],
    [0n, 'latency_ns', '2', '4', 3n],
    [1n, 'run_id', 'second', 'second', 0n],
    [1n, 'seq', '0', '2', 0n],
    [1n, 'start_ns', '1700000000000000295', '1700000000000000309', 0n],
    [1n, 'latency_ns', '2', '4', 0n],
  ]);
  const rows = await ask(
    `select seq, latency_ns, outcome, error, error_class from read_parquet(${literal(path)}) where run_id = 'first' and outcome <> 'ok'`,
  );
  duck.close();
  assert.deepEqual(rows, [
    [3, null, OUTCOMES[1], 'b', ERROR_CLASSES[0]],
    [4, null, OUTCOMES[2], 'a', ERROR_CLASSES[3]],
    [5, null, OUTCOMES[3], 'b', ERROR_CLASSES[8]],
  ]);
});
