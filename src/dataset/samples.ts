import type { DuckDBType } from '@duckdb/node-api';
import { duckdb } from '../common/bundled/duckdb.js';
import { compareRows } from './csv.js';
import { literal, openDuck } from './duck.js';
import { type Row, TABLES } from './schema.js';

const { BIGINT, DuckDBDataChunk, VARCHAR } = duckdb;

const VECTOR = 2048;

/** Writes samples.parquet, in the table's order; without rows it writes nothing. */
export async function writeSamples(path: string, rows: readonly Row<'samples'>[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns } = TABLES.samples;
  const sorted = [...rows].sort((a, b) => compareRows(TABLES.samples, a, b));
  const duck = await openDuck({ threads: '1' });
  try {
    const list = columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
    await duck.connection.run(`create table samples (${list})`);
    const appender = await duck.connection.createAppender('samples');
    const types: DuckDBType[] = columns.map(({ type }) => (type === 'VARCHAR' ? VARCHAR : BIGINT));
    for (let from = 0; from < sorted.length; from += VECTOR) {
      const part = sorted.slice(from, from + VECTOR);
      const chunk = DuckDBDataChunk.create(types, part.length);
      columns.forEach(({ name, type }, i) => {
        const values = part.map((row) => {
          const value = row[name];
          return value === null || type === 'VARCHAR' ? value : BigInt(value);
        });
        chunk.setColumnValues(i, values);
      });
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    await duck.connection.run(
      `copy samples to ${literal(path)} (format parquet, compression zstd, parquet_version v2)`,
    );
  } finally {
    duck.close();
  }
}
