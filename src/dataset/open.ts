import { resolve } from 'node:path';
import type { DuckDBValue, JS } from '@duckdb/node-api';
import type { DataFrame } from 'danfojs-node';
import { duckdb } from '../common/bundled/duckdb.js';
import { forDanfo } from '../common/danfo.js';
import { UserError } from '../common/errors.js';
import { closedAfterAnswers } from './closed-after-answers.js';
import { readDataPackage } from './datapackage.js';
import { defineTables } from './define-tables.js';
import { type Duck, openDuck } from './duck.js';

const { JSDuckDBValueConverter } = duckdb;

/** What a parameter of a query may be. */
export type Parameter = DuckDBValue;

/** A dataset that is open for questions. */
export interface Dataset {
  /** The folder, as an absolute path. */
  readonly folder: string;

  /**
   * Asks in SQL (DuckDB's), over the tables (runs, operations, events, evidence, samples, sources) and the results of
   * every run (outcomes, percentiles, windows, outages, node_usage).
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
   * come as text, since danfojs has no bigint, and a number that is missing as NaN.
   */
  frame(
    sql: string,
    parameters?: Readonly<Record<string, Parameter>> | readonly Parameter[],
  ): Promise<DataFrame>;

  /** Lets go of the files, once what was asked has its answer. Questions after it are refused. */
  close(): void;
}

/** The most rows of a danfojs frame: beyond it, it takes minutes for what DuckDB does at once. */
export const MOST_FRAME_ROWS = 10_000;

/**
 * Opens a dataset's tables. Those that have no file are empty.
 * @param alsoDefine makes more views beside the tables
 * @throws UserError where there is no dataset, or one of a format that is not known
 */
export async function openTables(
  folder: string,
  alsoDefine: (duck: Duck, folder: string, format: number) => Promise<void> = async () => {},
): Promise<Dataset> {
  const path = resolve(folder);
  const { format } = await readDataPackage(path);
  const duck = await openDuck();
  try {
    await defineTables(duck, path, format);
    await alsoDefine(duck, path, format);
  } catch (error) {
    duck.close();
    throw error;
  }
  const asked = closedAfterAnswers(() => duck.close());
  const ask = (sql: string, parameters: object = {}): Promise<Answer> =>
    asked.answer(async () => {
      const reader = await duck.connection.runAndReadAll(sql, parameters as Record<string, DuckDBValue>);
      const names = reader.deduplicatedColumnNames();
      const columns = reader.convertColumns<JS>(JSDuckDBValueConverter).map((values, i) => {
        return names[i]!.endsWith('_ns') ? values : values.map((value) => plain(value));
      });
      return { names, columns, rows: reader.currentRowCount };
    });
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
    close: () => asked.close(),
  };
}

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
  const cells = columns.map(forDanfo);
  return new DataFrame(Object.fromEntries(names.map((name, i) => [name, cells[i]!])), { columns: names });
}

/** Every whole number beyond nanoseconds is small enough to be a number; one that is not stays exact. */
function plain(value: JS): unknown {
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  if (Array.isArray(value)) return value.map(plain);
  return value;
}
