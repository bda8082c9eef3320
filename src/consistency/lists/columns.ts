import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, type DuckDBResult, INTEGER } from '@duckdb/node-api';

/** The numbers of a column: INTEGER or DOUBLE. */
export type Column = Int32Array | Float64Array;

const VECTOR = 2048;

/** A vector's memory, which its type keeps to itself: numbers one by one take ten times as long. */
interface RawVector<C extends Column> {
  readonly items: C;
  flush(): void;
}

/** Adds rows to a table, given by columns of equal length. */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: readonly Column[],
): Promise<void> {
  const rows = columns[0]!.length;
  if (rows === 0) return;
  const appender = await connection.createAppender(table);
  const types = columns.map((column) => (column instanceof Int32Array ? INTEGER : DOUBLE));
  for (let from = 0; from < rows; from += VECTOR) {
    const part = Math.min(VECTOR, rows - from);
    const chunk = DuckDBDataChunk.create(types, part);
    columns.forEach((column, i) => {
      const vector = rawVector<Column>(chunk, i);
      vector.items.set(column.subarray(from, from + part));
      vector.flush();
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** A query's answer, all of whose columns are INTEGER and never null. */
export async function integerColumns(result: DuckDBResult, columns: number): Promise<Int32Array[]> {
  const chunks = await result.fetchAllChunks();
  const rows = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
  return Array.from({ length: columns }, (_, i) => {
    const all = new Int32Array(rows);
    let at = 0;
    for (const chunk of chunks) {
      const { items } = rawVector<Int32Array>(chunk, i);
      all.set(items.subarray(0, chunk.rowCount), at);
      at += chunk.rowCount;
    }
    return all;
  });
}

function rawVector<C extends Column>(chunk: DuckDBDataChunk, column: number): RawVector<C> {
  return chunk.getColumnVector(column) as unknown as RawVector<C>;
}
