import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import type { Queryable } from '../analysis/question.js';
import { TABLES } from '../dataset/schema.js';

export async function scratchOpen(dir: string): Promise<Queryable & { close(): void }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection: DuckDBConnection = await instance.connect();
  for (const table of Object.values(TABLES)) {
    const path = join(dir, table.file);
    const source = table.file.endsWith('.csv')
      ? `read_csv('${path}', header = true, nullstr = '', columns = {${table.columns.map((c) => `'${c.name}': '${c.type}'`).join(', ')}})`
      : `read_parquet('${path}')`;
    await connection.run(`CREATE VIEW ${table.name} AS SELECT * FROM ${source}`);
  }
  return {
    query: async <R extends object>(sql: string, values?: Record<string, DuckDBValue>) =>
      (await connection.runAndReadAll(sql, values)).getRowObjectsJS() as unknown as R[],
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
