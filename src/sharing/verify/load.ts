import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask, type Duck, literal } from '../../dataset/duck.js';
import type { Table } from '../../dataset/schema.js';
import { headerOf, readCsv } from '../../dataset/views.js';
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
  const problems = columnProblems(
    table,
    found.map(({ name }) => name),
  );
  for (const { name, type } of columns) {
    const got = found.find((column) => column.name === name);
    if (got && got.type !== type)
      problems.push({ file, column: name, problem: `expected ${type}; found ${got.type}` });
  }
  if (problems.length > 0) return problems;
  await define(
    duck,
    table,
    `read_parquet(${from}, file_row_number = true)`,
    'file_row_number + 1',
    found.map(({ name }) => name),
  );
  return [];
}

async function loadCsv(duck: Duck, path: string, table: Table): Promise<Problem[]> {
  const { file, columns } = table;
  const header = await headerOf(path);
  const wrong = columnProblems(table, header);
  if (wrong.length > 0) return wrong;
  const text = `${table.name}_text`;
  const texts = header.map((name) => ({ name, type: 'VARCHAR' as const }));
  try {
    await duck.connection.run(
      `create table ${text} as select row_number() over () as _row, * from ${readCsv(path, texts)}`,
    );
  } catch (error) {
    return [{ file, problem: `is not well-formed CSV: ${(error as Error).message.split('\n')[0]}` }];
  }
  const problems: Problem[] = [];
  for (const { name, type } of columns.filter((column) => header.includes(column.name))) {
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
  await define(duck, table, text, '_row', header);
  return problems;
}

/** What is wrong with the columns that a file has. Those that may be missing may have been unknown when it was made. */
function columnProblems({ file, columns }: Table, found: readonly string[]): Problem[] {
  const names = columns.map(({ name }) => name);
  const missing = columns.filter(({ name, optional }) => !optional && !found.includes(name));
  const unknown = found.filter((name) => !names.includes(name));
  const list = (all: readonly string[]) => all.join(', ');
  return [
    ...(missing.length > 0
      ? [
          {
            file,
            problem: `expected the columns ${list(names)}; ${list(missing.map(({ name }) => name))} is missing`,
          },
        ]
      : []),
    ...(unknown.length > 0
      ? [{ file, problem: `expected the columns ${list(names)}; found ${list(unknown)}, too` }]
      : []),
  ];
}

async function define(
  duck: Duck,
  { name, columns }: Table,
  from: string,
  row: string,
  found: readonly string[] = columns.map((column) => column.name),
): Promise<void> {
  const casts = columns.map((column) =>
    found.includes(column.name)
      ? `try_cast("${column.name}" as ${column.type}) as "${column.name}"`
      : `${column.formerly ?? 'null'}::${column.type} as "${column.name}"`,
  );
  await duck.connection.run(
    `create or replace view ${name} as select ${row} as _row, ${casts.join(', ')} from ${from}`,
  );
}
