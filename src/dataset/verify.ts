import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { readDataPackage } from './datapackage.js';
import { type Duck, literal, openDuck } from './duck.js';
import { fingerprint, PACKAGE_FILE } from './files.js';
import { ERROR_CLASSES } from './operations.js';
import { type Column, type SqlType, TABLES, type Table } from './schema.js';

/** What is wrong with a dataset, and where. */
export interface Problem {
  file: string;
  /** The row, from 1 without the header, where it is about one. */
  row?: number;
  column?: string;
  problem: string;
}

/** Checks a dataset: checksums, types, keys, order, ranges, references, and counts that must agree. */
export async function verify(folder: string): Promise<Problem[]> {
  const path = resolve(folder);
  const description = await readDataPackage(path);
  const problems: Problem[] = [];
  for (const { path: file, bytes, hash } of description.resources) {
    if (!existsSync(join(path, file))) {
      problems.push({ file, problem: `is missing, but ${PACKAGE_FILE} lists it` });
      continue;
    }
    const found = await fingerprint(join(path, file));
    if (found.bytes !== bytes) {
      problems.push({ file, problem: `has ${found.bytes} bytes, but ${PACKAGE_FILE} says ${bytes}` });
    } else if (`sha256:${found.sha256}` !== hash) {
      problems.push({ file, problem: `was changed: its SHA-256 is not that in ${PACKAGE_FILE}` });
    }
  }
  for (const table of Object.values(TABLES)) {
    const listed = description.resources.some(({ name }) => name === table.name);
    if (existsSync(join(path, table.file)) && !listed) {
      problems.push({ file: table.file, problem: `is not in ${PACKAGE_FILE}` });
    }
  }
  const duck = await openDuck();
  try {
    const readable: Table[] = [];
    const broken = new Set(problems.map(({ file }) => file));
    for (const table of Object.values(TABLES)) {
      // a changed CSV file is worth a look at where; a changed Parquet file is only bytes
      if (broken.has(table.file) && table.file.endsWith('.parquet')) continue;
      const found = await load(duck, path, table);
      problems.push(...found);
      if (found.length === 0) readable.push(table);
    }
    const names = new Set(readable.map(({ name }) => name));
    for (const table of readable) {
      problems.push(...(await readingTo(table.file, () => checkRows(duck, table, names))));
    }
    if (readable.length === Object.keys(TABLES).length) {
      problems.push(...(await readingTo(TABLES.operations.file, () => checkAgreement(duck))));
    }
  } finally {
    duck.close();
  }
  return problems;
}

/** What checks find, or that the file cannot be read to its end. */
async function readingTo(file: string, checks: () => Promise<Problem[]>): Promise<Problem[]> {
  try {
    return await checks();
  } catch (error) {
    return [{ file, problem: `cannot be read: ${(error as Error).message.split('\n')[0]}` }];
  }
}

/** Throws where a dataset has any problem. */
export async function requireSound(folder: string): Promise<void> {
  const problems = await verify(folder);
  if (problems.length > 0) throw new UserError(`${folder} is not sound:\n${describeProblems(problems)}`);
}

/** Problems, a line each, at most 20. */
export function describeProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, 20).map(({ file, row, column, problem }) => {
    const place = [file, row === undefined ? '' : `row ${row}`, column ? `column ${column}` : ''];
    return `${place.filter(Boolean).join(', ')}: ${problem}`;
  });
  if (problems.length > 20) lines.push(`… and ${problems.length - 20} more`);
  return lines.join('\n');
}

/** Makes `<table>` in DuckDB with the row number as `_row`, and says what keeps it from having the table's types. */
async function load(duck: Duck, folder: string, table: Table): Promise<Problem[]> {
  const path = join(folder, table.file);
  const { file } = table;
  const names = table.columns.map(({ name }) => name);
  const select = (from: string, row: string): string => {
    const casts = table.columns.map(({ name, type }) => `try_cast("${name}" as ${type}) as "${name}"`);
    return `create or replace view ${table.name} as select ${row} as _row, ${casts.join(', ')} from ${from}`;
  };
  if (!existsSync(path)) {
    const nulls = names.map((name) => `null as "${name}"`).join(', ');
    await duck.connection.run(select(`(select ${nulls} where false)`, '0'));
    return [];
  }
  if (file.endsWith('.parquet')) {
    let found: { name: string; type: string }[];
    try {
      const reader = await duck.connection.runAndReadAll(
        `select column_name as name, column_type as type from (describe select * from read_parquet(${literal(path)}))`,
      );
      found = reader.getRowObjectsJS() as unknown as typeof found;
    } catch (error) {
      return [{ file, problem: `is no Parquet file: ${(error as Error).message.split('\n')[0]}` }];
    }
    const wanted = table.columns.map(({ name, type }) => `${name} ${type}`).join(', ');
    const got = found.map(({ name, type }) => `${name} ${type}`).join(', ');
    if (got !== wanted) return [{ file, problem: `expected the columns ${wanted}; found ${got}` }];
    await duck.connection.run(
      select(`read_parquet(${literal(path)}, file_row_number = true)`, 'file_row_number + 1'),
    );
    return [];
  }
  const header = (await readFile(path, 'utf8')).split('\n', 1)[0];
  if (header !== names.join(',')) {
    return [{ file, problem: `expected the header ${names.join(',')}; found ${header}` }];
  }
  const texts: Column[] = table.columns.map((column) => ({ ...column, type: 'VARCHAR' as SqlType }));
  try {
    await duck.connection.run(
      `create table ${table.name}_text as select row_number() over () as _row, * from ${readCsvText(path, texts)}`,
    );
  } catch (error) {
    return [{ file, problem: `is not well-formed CSV: ${(error as Error).message.split('\n')[0]}` }];
  }
  const problems: Problem[] = [];
  for (const { name, type } of table.columns) {
    const rows = await ask<{ _row: bigint; value: string }>(
      duck,
      `select _row, "${name}" as value from ${table.name}_text where "${name}" is not null and try_cast("${name}" as ${type}) is null order by _row limit 5`,
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
  await duck.connection.run(select(`${table.name}_text`, '_row'));
  return problems;
}

function readCsvText(path: string, columns: readonly Column[]): string {
  const types = columns.map(({ name }) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${literal(path)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, columns = {${types}})`;
}

/** The checks of single rows, in one pass; then keys, order and references. */
async function checkRows(duck: Duck, table: Table, readable: ReadonlySet<string>): Promise<Problem[]> {
  const { name, file } = table;
  const checks: { column: string; wrong: string; problem: string }[] = [];
  for (const column of table.columns) {
    const quoted = `"${column.name}"`;
    const add = (wrong: string, problem: string) => checks.push({ column: column.name, wrong, problem });
    if (!column.optional) add(`${quoted} is null`, 'is missing');
    if (column.oneOf) {
      add(
        `${quoted} not in (${column.oneOf.map(literal).join(', ')})`,
        `expected one of ${column.oneOf.join(', ')}`,
      );
    }
    if (column.minimum !== undefined)
      add(`${quoted} < ${column.minimum}`, `expected at least ${column.minimum}`);
    if (column.references) {
      const [other, key] = column.references.split('.');
      if (!readable.has(other!)) continue;
      add(`${quoted} not in (select "${key}" from ${other})`, `is not in ${other}`);
    }
  }
  if (name === 'operations') {
    checks.push(
      {
        column: 'latency_ns',
        wrong: `(latency_ns is null) <> (outcome <> 'ok')`,
        problem: 'expected where, and only where, the outcome is ok',
      },
      {
        column: 'error',
        wrong: `(error is null) <> (outcome = 'ok')`,
        problem: 'expected where, and only where, the outcome is not ok',
      },
      {
        column: 'error_class',
        wrong: `(error_class is null) <> (outcome = 'ok') or error_class not in (${ERROR_CLASSES.map(literal).join(', ')})`,
        problem: `expected, where the outcome is not ok, one of ${ERROR_CLASSES.join(', ')}`,
      },
    );
  }
  const firsts = checks.map(({ wrong }, i) => `min(_row) filter (where ${wrong}) as c${i}`);
  const [found] = await ask<Record<string, bigint | null>>(duck, `select ${firsts.join(', ')} from ${name}`);
  const problems: Problem[] = [];
  for (const [i, { column, problem }] of checks.entries()) {
    const row = found?.[`c${i}`];
    if (row === null || row === undefined) continue;
    const [value] = await ask<{ value: string | null }>(
      duck,
      `select "${column}"::varchar as value from ${name} where _row = ${row}`,
    );
    const received = value?.value === null ? '' : `, received ${JSON.stringify(value?.value)}`;
    problems.push({ file, row: Number(row), column, problem: `${problem}${received}` });
  }
  problems.push(...(name === 'operations' ? await checkSequence(duck) : await checkOrder(duck, table)));
  return problems;
}

/** Keys and order of a small table. */
async function checkOrder(duck: Duck, table: Table): Promise<Problem[]> {
  const problems: Problem[] = [];
  const { name, file, key } = table;
  if (key) {
    const columns = key.map((column) => `"${column}"`).join(', ');
    const twice = await ask<{ row: bigint }>(
      duck,
      `select max(_row) as row from ${name} group by ${columns} having count(*) > 1 order by row limit 5`,
    );
    for (const { row } of twice) {
      problems.push({ file, row: Number(row), column: key.join(', '), problem: 'comes twice' });
    }
  }
  const order = table.sortedBy.map((column) => `"${column}" nulls first`).join(', ');
  const [unsorted] = await ask<{ row: bigint | null }>(
    duck,
    `select min(_row) as row from (select _row, row_number() over (order by ${order}, _row) as place from ${name}) where _row <> place`,
  );
  if (unsorted?.row) {
    problems.push({
      file,
      row: Number(unsorted.row),
      problem: `is not in the order of ${table.sortedBy.join(', ')}`,
    });
  }
  return problems;
}

/** Within a worker and op, seq runs from 0 with the rows; so keys are unique and rows in order. */
async function checkSequence(duck: Duck): Promise<Problem[]> {
  const { file, sortedBy } = TABLES.operations;
  const broken = await ask<{ row: bigint }>(
    duck,
    `select row from (
       select min(_row) as row, min(_row - seq) <> max(_row - seq) or min(seq) <> 0 as gaps,
         row_number() over (order by run_id, op, worker) as place, row_number() over (order by min(_row)) as stands
       from operations group by run_id, op, worker)
     where gaps or place <> stands order by row limit 5`,
  );
  const problem = `from here on, rows are not in the order of ${sortedBy.join(', ')} without gaps`;
  return broken.map(({ row }) => ({ file, row: Number(row), column: 'seq', problem }));
}

/** What must agree between tables. */
async function checkAgreement(duck: Duck): Promise<Problem[]> {
  const agreements: { file: string; sql: string }[] = [
    {
      file: TABLES.sources.file,
      sql: `select _row as row, 'lines' as "column", lines || ' lines are not the sum of those kept and set aside' as problem
            from sources where lines <> lines_kept + lines_layout + lines_cut + lines_refused`,
    },
    {
      file: TABLES.sources.file,
      sql: `with counted as (select run_id, op, worker, count(*) + sum(coalesce(length(error) - length(replace(error, chr(10), '')), 0)) as n
              from operations group by all)
            select _row as row, 'lines_kept' as "column", 'says ' || lines_kept || ', but the operations stand for ' || coalesce(n, 0) as problem
            from sources left join counted using (run_id, op, worker) where lines_kept <> coalesce(n, 0)`,
    },
    {
      file: TABLES.runs.file,
      sql: `with counted as (select run_id, count(*) filter (where op = 'exec' and outcome = 'ok') as n from operations group by run_id)
            select _row as row, 'acknowledged_writes' as "column", 'says ' || acknowledged_writes || ', but ' || coalesce(n, 0) || ' writes succeeded' as problem
            from runs left join counted using (run_id) where status <> 'failed' and acknowledged_writes <> coalesce(n, 0)`,
    },
    {
      file: TABLES.runs.file,
      sql: `select _row as row, 'status' as "column", 'is failed, but the run has operations' as problem
            from runs where status = 'failed' and run_id in (select run_id from operations)`,
    },
  ];
  const problems: Problem[] = [];
  for (const { file, sql } of agreements) {
    const rows = await ask<{ row: bigint; column: string; problem: string }>(
      duck,
      `${sql} order by row limit 5`,
    );
    problems.push(...rows.map(({ row, column, problem }) => ({ file, row: Number(row), column, problem })));
  }
  return problems;
}

async function ask<R extends object>(duck: Duck, sql: string): Promise<R[]> {
  return (await duck.connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as R[];
}
