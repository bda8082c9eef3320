import type { DuckDBBigIntVector, DuckDBIntegerVector } from '@duckdb/node-api';
import { type Duck, literal } from '../../dataset/duck.js';
import { ERROR_CLASSES, OPS, OUTCOMES } from '../../vocabulary/outcomes.js';

/** Some of a run's rows, a column each; words by their place in OPS, OUTCOMES and ERROR_CLASSES, -1 for none. */
export interface OperationsChunk {
  rows: number;
  worker: Int32Array;
  op: Int32Array;
  seq: Int32Array;
  start: BigInt64Array;
  latency: BigInt64Array;
  outcome: Int32Array;
  errorClass: Int32Array;
  error: (string | null)[];
}

/** A run's rows of an operations file, as DuckDB hands them out. */
export async function* chunksOf(duck: Duck, path: string, run: string): AsyncGenerator<OperationsChunk> {
  const place = (column: string, values: readonly string[]): string =>
    `coalesce(list_position([${values.map(literal).join(', ')}], ${column}), 0)::integer - 1`;
  const result = await duck.connection.stream(
    `select worker, ${place('op', OPS)} as op, seq, start_ns, coalesce(latency_ns, -1) as latency_ns,
       ${place('outcome', OUTCOMES)} as outcome, ${place('error_class', ERROR_CLASSES)} as error_class, error
     from read_parquet(${literal(path)}) where run_id = $run`,
    { run },
  );
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    const integers = (i: number): Int32Array =>
      (chunk.getColumnVector(i) as DuckDBIntegerVector as unknown as { items: Int32Array }).items;
    const bigints = (i: number): BigInt64Array =>
      (chunk.getColumnVector(i) as DuckDBBigIntVector as unknown as { items: BigInt64Array }).items;
    yield {
      rows: chunk.rowCount,
      worker: integers(0),
      op: integers(1),
      seq: integers(2),
      start: bigints(3),
      latency: bigints(4),
      outcome: integers(5),
      errorClass: integers(6),
      error: chunk.getColumnValues(7) as (string | null)[],
    };
  }
}
