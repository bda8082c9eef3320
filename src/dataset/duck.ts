import type { DuckDBConnection } from '@duckdb/node-api';
import { duckdb } from '../common/bundled/duckdb.js';

const { DuckDBInstance } = duckdb;

export interface Duck {
  connection: DuckDBConnection;
  close(): void;
}

/** An in-memory DuckDB. It keeps to the files that it is pointed at: extensions are neither fetched nor loaded. */
export async function openDuck(options: Record<string, string> = {}): Promise<Duck> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
    ...options,
  });
  const connection = await instance.connect();
  // else each question reads a file's footer again, which grows with its operations
  await connection.run('SET parquet_metadata_cache = true');
  return {
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** An answer's rows as they come: whole numbers of 64 bits as bigint. */
export async function ask<R extends object>({ connection }: Duck, sql: string): Promise<R[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as R[];
}

/** A text as an SQL literal, for the places where nothing can be bound. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
