import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DuckDBValue, JS } from '@duckdb/node-api';
import { JSDuckDBValueConverter } from '@duckdb/node-api';
import type { DataFrame } from 'danfojs-node';
import { UserError } from '../common/errors.js';
import { type Duck, literal, openDuck } from './duck.js';
import { PACKAGE_FILE } from './files.js';
import { TABLES, type Table } from './schema.js';

/** What a parameter of a query may be. */
export type Parameter = DuckDBValue;

/** A dataset that is open for questions. */
export interface Dataset {
  /** The folder, as an absolute path. */
  readonly folder: string;

  /**
   * Asks in SQL (DuckDB's), over the views runs, operations, events, samples and sources; tallies, percentiles, windows
   * and outages, which stand in for operations that were left out; and counts, which has what tallies has, of all runs.
   *
   * Whole numbers come as number, except in columns whose name ends in `_ns`, which come as bigint; so do the rows
   * of the tables, whose type is `Row<'runs'>` and so on. Missing is null.
   *
   * @param parameters values for `$name` in the SQL, or for `?` in turn
   * @example await ds.query<{ n: number }>('select count(*) as n from operations where run_id = $run', { run: 'a' })
   */
  query<R extends object = Record<string, unknown>>(
    sql: string,
    parameters?: Readonly<Record<string, Parameter>> | readonly Parameter[],
  ): Promise<R[]>;

  /**
   * Asks in SQL for a danfojs frame, for a look at a small result: more than 10,000 rows are refused. Nanoseconds
   * come as text, since danfojs has no bigint.
   */
  frame(
    sql: string,
    parameters?: Readonly<Record<string, Parameter>> | readonly Parameter[],
  ): Promise<DataFrame>;

  /** Lets go of the files. */
  close(): void;
}

/** The most rows of a danfojs frame: beyond it, it takes minutes for what DuckDB does at once. */
export const MOST_FRAME_ROWS = 10_000;

/** Opens a dataset. Tables that have no file are empty. Throws a UserError where there is no dataset. */
export async function openDataset(folder: string): Promise<Dataset> {
  const path = resolve(folder);
  if (!existsSync(join(path, PACKAGE_FILE))) {
    throw new UserError(
      `no dataset in ${folder} (no ${PACKAGE_FILE}): expected a folder that "npm run ingest" made`,
    );
  }
  const duck = await openDuck();
  try {
    for (const table of Object.values(TABLES)) await define(duck, path, table);
    await duck.connection.run(COUNTS);
  } catch (error) {
    duck.close();
    throw error;
  }
  const ask = async (sql: string, parameters: object = {}): Promise<Answer> => {
    const reader = await duck.connection.runAndReadAll(sql, parameters as Record<string, DuckDBValue>);
    const names = reader.deduplicatedColumnNames();
    const columns = reader.convertColumns<JS>(JSDuckDBValueConverter).map((values, i) => {
      return names[i]!.endsWith('_ns') ? values : values.map((value) => plain(value));
    });
    return { names, columns, rows: reader.currentRowCount };
  };
  return {
    folder: path,
    async query<R extends object>(sql: string, parameters?: object): Promise<R[]> {
      const { names, columns, rows } = await ask(sql, parameters);
      return Array.from({ length: rows }, (_, row) => {
        return Object.fromEntries(names.map((name, i) => [name, columns[i]![row] ?? null])) as R;
      });
    },
    async frame(sql, parameters) {
      return toFrame(await ask(sql, parameters));
    },
    close: () => duck.close(),
  };
}

/** The view `counts`: what became of the operations of every run, also where a run's own were left out. */
const COUNTS = `
  create view counts as
  select run_id, op, outcome, error_class, count(*)::bigint as n, sum(latency_ns)::bigint as latency_ns
  from operations group by all
  union all select run_id, op, outcome, error_class, n, latency_ns from tallies`;

interface Answer {
  names: string[];
  columns: unknown[][];
  rows: number;
}

async function toFrame({ names, columns, rows }: Answer): Promise<DataFrame> {
  if (rows > MOST_FRAME_ROWS) {
    throw new UserError(
      `${rows} rows are too many for a danfojs frame: expected at most ${MOST_FRAME_ROWS.toLocaleString('en-US')}\nLet SQL do the work: aggregate (select run_id, quantile_disc(latency_ns, 0.99) … group by run_id), sample (… using sample 1000), or take the rows themselves with query()`,
    );
  }
  const { DataFrame } = await import('danfojs-node');
  if (rows === 0) return new DataFrame([], { columns: names });
  const texts = columns.map((values) =>
    values.map((value) => (typeof value === 'bigint' ? String(value) : value)),
  );
  return new DataFrame(Object.fromEntries(names.map((name, i) => [name, texts[i]!])), { columns: names });
}

/** Every whole number beyond nanoseconds is small enough to be a number; one that is not stays exact. */
function plain(value: JS): unknown {
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

async function define(duck: Duck, folder: string, table: Table): Promise<void> {
  const path = join(folder, table.file);
  const casts = table.columns.map(({ name, type }) => `"${name}"::${type} as "${name}"`).join(', ');
  const run = async (sql: string): Promise<void> => {
    try {
      await duck.connection.run(sql);
    } catch (cause) {
      throw new UserError(
        `${path} cannot be read as the table ${table.name}: ${(cause as Error).message.split('\n')[0]}\n"npm run dataset -- verify ${folder}" says more`,
        { cause },
      );
    }
  };
  if (!existsSync(path)) {
    const nulls = table.columns.map(({ name, type }) => `null::${type} as "${name}"`).join(', ');
    await run(`create view ${table.name} as select ${nulls} where false`);
  } else if (table.file.endsWith('.parquet')) {
    await run(`create view ${table.name} as select ${casts} from read_parquet(${literal(path)})`);
  } else {
    await run(`create table ${table.name} as select ${casts} from ${readCsv(path, table)}`);
  }
}

/** DuckDB's reader of a table's CSV file, by the table's types. */
export function readCsv(path: string, table: Pick<Table, 'columns'>): string {
  const types = table.columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ');
  return `read_csv(${literal(path)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, columns = {${types}})`;
}
