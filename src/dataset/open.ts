import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DuckDBValue, JS } from '@duckdb/node-api';
import { JSDuckDBValueConverter } from '@duckdb/node-api';
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
   * Asks in SQL (DuckDB's), over the views runs, operations, events, samples and sources.
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

  /** Lets go of the files. */
  close(): void;
}

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
  } catch (error) {
    duck.close();
    throw error;
  }
  return {
    folder: path,
    async query<R extends object>(sql: string, parameters: object = {}): Promise<R[]> {
      const reader = await duck.connection.runAndReadAll(sql, parameters as Record<string, DuckDBValue>);
      const names = reader.deduplicatedColumnNames();
      const columns = reader.convertColumns<JS>(JSDuckDBValueConverter);
      const readers = names.map((name) => (name.endsWith('_ns') ? (value: JS) => value : plain));
      return Array.from({ length: reader.currentRowCount }, (_, row) => {
        const entries = names.map((name, i) => [name, readers[i]!(columns[i]![row] ?? null)]);
        return Object.fromEntries(entries) as R;
      });
    },
    close: () => duck.close(),
  };
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
