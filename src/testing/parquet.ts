import type { TestContext } from 'node:test';
import { ask, literal, openDuck } from '../dataset/duck.js';

/** Asks DuckDB about Parquet files: `file(path)` and `metadata(path)` are what stands after `from`. */
export async function parquetReader(context: TestContext) {
  const duck = await openDuck({ threads: '1' });
  context.after(() => duck.close());
  return {
    /** The rows that an SQL query answers with. */
    ask: (sql: string) => ask<Record<string, unknown>>(duck, sql),
    file: (path: string) => `read_parquet(${literal(path)})`,
    metadata: (path: string) => `parquet_metadata(${literal(path)})`,
    /** All values of the file's only column, in their order. */
    async column(path: string): Promise<unknown[]> {
      const rows = await ask<object>(
        duck,
        `select * exclude (file_row_number) from read_parquet(${literal(path)}, file_row_number = true) order by file_row_number`,
      );
      return rows.flatMap((row) => Object.values(row));
    },
  };
}
