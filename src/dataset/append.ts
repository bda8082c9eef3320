import type { DuckDBType } from '@duckdb/node-api';
import { duckdb } from '../common/bundled/duckdb.js';
import type { Duck } from './duck.js';
import type { SqlType, Table } from './schema.js';

const { BIGINT, BOOLEAN, DOUBLE, DuckDBDataChunk, INTEGER, VARCHAR } = duckdb;

const VECTOR = 2048;
const TYPES: Record<SqlType, DuckDBType> = { VARCHAR, BIGINT, INTEGER, DOUBLE, BOOLEAN };

/** Makes an empty table in DuckDB with the columns of a declared one. */
export async function createTable(duck: Duck, table: Pick<Table, 'columns'>, name: string): Promise<void> {
  const columns = table.columns.map((column) => `"${column.name}" ${column.type}`).join(', ');
  await duck.connection.run(`create table ${name} (${columns})`);
}

/** Appends rows to a table that {@link createTable} made. */
export async function appendRows(
  duck: Duck,
  { columns }: Pick<Table, 'columns'>,
  name: string,
  rows: readonly object[],
): Promise<void> {
  const appender = await duck.connection.createAppender(name);
  const types = columns.map(({ type }) => TYPES[type]);
  for (let from = 0; from < rows.length; from += VECTOR) {
    const part = rows.slice(from, from + VECTOR) as Record<
      string,
      string | number | bigint | boolean | null
    >[];
    const chunk = DuckDBDataChunk.create(types, part.length);
    columns.forEach((column, i) => {
      const values = part.map((row) => {
        const value = row[column.name] ?? null;
        return column.type === 'BIGINT' && typeof value === 'number' ? BigInt(value) : value;
      });
      chunk.setColumnValues(i, values);
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
