import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, type Duck, literal } from '../duck.js';
import { readCsv } from '../open.js';
import type { Column, Table } from '../schema.js';
import type { Problem } from './problem.js';

/**
 * Makes the view `<table>` in DuckDB with the row number, from 1, as `_row`, and says what keeps it from having the
 * table's columns and types. Where there is no file, the view is empty.
 */
export async function load(duck: Duck, folder: string, table: Table): Promise<Problem[]> {
  const path = join(folder, table.file);
  if (!existsSync(path)) {
    const nulls = table.columns.map(({ name }) => `null as "${name}"`).join(', ');
    await define(duck, table, `(select ${nulls} where false)`, '0');
    return [];
  }
  return table.file.endsWith('.parquet') ? loadParquet(duck, path, table) : loadCsv(duck, path, table);
}

async function loadParquet(duck: Duck, path: string, table: Table): Promise<Problem[]> {
  const { file, columns } = table;
  const from = literal(path);
  let found: { name: string; type: string }[];
  try {
    found = await ask(
      duck,
      `select column_name as name, column_type as type from (describe select * from read_parquet(${from}))`,
    );
  } catch (error) {
    return [{ file, problem: `is no Parquet file: ${(error as Error).message.split('\n')[0]}` }];
  }
  const list = (all: readonly { name: string; type: string }[]) =>
    all.map(({ name, type }) => `${name} ${type}`).join(', ');
  const [wanted, got] = [list(columns), list(found)];
  if (got !== wanted) return [{ file, problem: `expected the columns ${wanted}; found ${got}` }];
  await define(duck, table, `read_parquet(${from}, file_row_number = true)`, 'file_row_number + 1');
  return [];
}

async function loadCsv(duck: Duck, path: string, table: Table): Promise<Problem[]> {
  const { file, columns } = table;
  const wanted = columns.map(({ name }) => name).join(',');
  const header = (await readFile(path, 'utf8')).split('\n', 1)[0];
  if (header !== wanted) return [{ file, problem: `expected the header ${wanted}; found ${header}` }];
  const text = `${table.name}_text`;
  const texts = columns.map((column): Column => ({ ...column, type: 'VARCHAR' }));
  try {
    await duck.connection.run(
      `create table ${text} as select row_number() over () as _row, * from ${readCsv(path, { columns: texts })}`,
    );
  } catch (error) {
    return [{ file, problem: `is not well-formed CSV: ${(error as Error).message.split('\n')[0]}` }];
  }
  const problems: Problem[] = [];
  for (const { name, type } of columns) {
    const rows = await ask<{ _row: bigint; value: string }>(
      duck,
      `select _row, "${name}" as value from ${text}
       where "${name}" is not null and try_cast("${name}" as ${type}) is null order by _row limit 5`,
    );
    for (const { _row, value } of rows) {
      problems.push({
        file,
        row: Number(_row),
        column: name,
        problem: `${JSON.stringify(value)} is no ${type}`,
      });
    }
  }
  await define(duck, table, text, '_row');
  return problems;
}

async function define(duck: Duck, { name, columns }: Table, from: string, row: string): Promise<void> {
  const casts = columns.map((column) => `try_cast("${column.name}" as ${column.type}) as "${column.name}"`);
  await duck.connection.run(
    `create or replace view ${name} as select ${row} as _row, ${casts.join(', ')} from ${from}`,
  );
}
