import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../common/errors.js';
import { ask, type Duck, literal } from './duck.js';
import type { Column, Table } from './schema.js';

/**
 * Makes a table a view (CSV files: a table) of its name. One without a file is empty. Columns are found by name: one that
 * may be missing is null where a file was made before there was such a column.
 */
export async function defineTable(
  duck: Duck,
  folder: string,
  table: Table,
  view = table.name,
): Promise<void> {
  const path = join(folder, table.file);
  const run = async (sql: string): Promise<void> => {
    try {
      await duck.connection.run(sql);
    } catch (cause) {
      throw unreadable(path, table, (cause as Error).message.split('\n')[0]!, cause);
    }
  };
  if (!existsSync(path)) {
    const nulls = table.columns.map(({ name, type }) => `null::${type} as "${name}"`).join(', ');
    return run(`create view ${view} as select ${nulls} where false`);
  }
  const columns = await columnsOf(duck, path, table);
  const selected = table.columns.map((column) => {
    if (columns.includes(column.name)) return `"${column.name}"::${column.type} as "${column.name}"`;
    if (column.optional) return `${column.formerly ?? 'null'}::${column.type} as "${column.name}"`;
    throw unreadable(path, table, `it has no column ${column.name}`);
  });
  const from = path.endsWith('.parquet')
    ? `read_parquet(${literal(path)})`
    : readCsv(path, typesOf(columns, table));
  const kind = path.endsWith('.parquet') ? 'view' : 'table';
  await run(`create ${kind} ${view} as select ${selected.join(', ')} from ${from}`);
}

/** The names of the columns that a file has. */
export async function columnsOf(duck: Duck, path: string, table: Pick<Table, 'name'>): Promise<string[]> {
  if (!path.endsWith('.parquet')) return headerOf(path);
  try {
    const rows = await ask<{ name: string }>(
      duck,
      `select column_name as name from (describe select * from read_parquet(${literal(path)}))`,
    );
    return rows.map(({ name }) => name);
  } catch (cause) {
    throw unreadable(path, table, (cause as Error).message.split('\n')[0]!, cause);
  }
}

/** The columns that the first line of a CSV file names; none of them holds a comma or a quote. */
export async function headerOf(path: string): Promise<string[]> {
  const handle = await open(path);
  try {
    for await (const line of handle.readLines()) return line.split(',');
    return [];
  } finally {
    await handle.close();
  }
}

/** The columns of a file in its order, with the types of a table; one that the table does not know is text. */
export function typesOf(
  columns: readonly string[],
  table: Pick<Table, 'columns'>,
): Pick<Column, 'name' | 'type'>[] {
  return columns.map((name) => ({
    name,
    type: table.columns.find((column) => column.name === name)?.type ?? 'VARCHAR',
  }));
}

/** DuckDB's reader of a CSV file, by the types of its columns. */
export function readCsv(path: string, columns: readonly Pick<Column, 'name' | 'type'>[]): string {
  const types = columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ');
  return `read_csv(${literal(path)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, columns = {${types}})`;
}

function unreadable(path: string, { name }: Pick<Table, 'name'>, why: string, cause?: unknown): UserError {
  return new UserError(
    `${path} cannot be read as the table ${name}: ${why}\n"npm run dataset -- verify" on its folder says more`,
    { cause },
  );
}
