import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../testing/made-up-runs.js';
import { parquetReader } from '../testing/parquet.js';
import { ERROR_CLASSES, OUTCOMES } from '../vocabulary/outcomes.js';
import { encodeOperations, OperationsWriter } from './operations.js';

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
  writer.add('first', 'exec', 0, 3, { ...block(200), latencies: null, errors: lost });
  writer.add('second', 'query', 2, 0, block(300));
  writer.end();
  const reader = await parquetReader(context);
  const ask = async (sql: string) => (await reader.ask(sql)).map((row) => Object.values(row));
  const metadata = await ask(
    `select row_group_id, path_in_schema, stats_min_value, stats_max_value, stats_null_count from ${reader.metadata(path)}
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
    `select seq, latency_ns, outcome, error, error_class from ${reader.file(path)} where run_id = 'first' and outcome <> 'ok'`,
  );
  assert.deepEqual(rows, [
    [3, null, OUTCOMES[1], 'b', ERROR_CLASSES[0]],
    [4, null, OUTCOMES[2], 'a', ERROR_CLASSES[3]],
    [5, null, OUTCOMES[3], 'b', ERROR_CLASSES[8]],
  ]);
});
