import { resolve } from 'node:path';
import type { JS } from '@duckdb/node-api';
import { bool, type DataType, float64, tableFromArrays, tableToIPC, utf8 } from '@uwdata/flechette';
import { duckdb } from '../common/bundled/duckdb.js';
import { UserError } from '../common/errors.js';
import { closedAfterAnswers } from '../dataset/closed-after-answers.js';
import { readDataPackage } from '../dataset/datapackage.js';
import { defineTables } from '../dataset/define-tables.js';
import { openDuck } from '../dataset/duck.js';
import { defineFlat, type Flat, keepTo } from '../dataset/flat.js';
import { defineResults } from '../results/core/open.js';

const { JSDuckDBValueConverter, StatementType } = duckdb;

/** The answer to a question in SQL: its columns, in order. */
export interface Answer {
  readonly names: string[];
  /** Values of a column, in the order of the rows; numbers of 64 bits as numbers. */
  readonly columns: unknown[][];
  readonly types: string[];
  readonly rows: number;
}

/** A dataset to be explored. */
export interface Explored extends Flat {
  readonly folder: string;
  readonly title: string;
  /** Answers a question. @throws UserError for anything that is no question, and what DuckDB has against it */
  ask(sql: string): Promise<Answer>;
  /** Makes one of the tables in which brushing keeps what it has counted. @throws UserError for anything else */
  prepare(sql: string): Promise<void>;
  close(): void;
}

/**
 * Opens a dataset for exploring: its tables, the results of every run, and the tables of {@link defineFlat}. From then on it
 * reads no file but the dataset's, and writes none.
 */
export async function openExplored(folder: string, most?: number): Promise<Explored> {
  const path = resolve(folder);
  const { format, title } = await readDataPackage(path);
  const duck = await openDuck();
  try {
    await defineTables(duck, path, format);
    await defineResults(duck, path, format);
    const flat = await defineFlat(duck, most);
    await keepTo(duck, path);
    const { connection } = duck;
    let interrupting: NodeJS.Timeout | undefined;
    const asked = closedAfterAnswers(() => {
      clearInterval(interrupting);
      duck.close();
    });
    return {
      ...flat,
      folder: path,
      title,
      ask: (sql) =>
        asked.answer(async () => {
          await requireKind(sql, [StatementType.SELECT, StatementType.EXPLAIN], 'a question (SELECT …)');
          const reader = await failing(connection.runAndReadAll(sql));
          return {
            names: reader.deduplicatedColumnNames(),
            types: reader.columnTypes().map(String),
            columns: reader.convertColumns<JS>(JSDuckDBValueConverter).map((values) => values.map(plain)),
            rows: reader.currentRowCount,
          };
        }),
      prepare: (sql) =>
        asked.answer(async () => {
          const table = sql.replace(SCHEMA, '');
          if (!TABLE.test(table)) throw new UserError('expected a table of Mosaic’s own to be made');
          await requireKind(table, [StatementType.CREATE], 'a table to be made');
          await failing(connection.run(table));
        }),
      close() {
        // who leaves does not wait for answers, of which one may not have begun
        interrupting ??= setInterval(() => connection.interrupt(), 20);
        asked.close();
      },
    };
  } catch (error) {
    duck.close();
    throw error;
  }

  async function requireKind(sql: string, kinds: readonly number[], expected: string): Promise<void> {
    const statements = await failing(duck.connection.extractStatements(sql));
    if (statements.count !== 1) throw new UserError(`expected ${expected}, one of them`);
    const statement = await failing(statements.prepare(0));
    const { statementType } = statement;
    statement.destroySync();
    if (!kinds.includes(statementType)) throw new UserError(`expected ${expected}`);
  }
}

/** Mosaic asks for its schema with each table; it is there from the beginning. */
const SCHEMA = /^\s*create schema if not exists "?mosaic"?\s*;?/i;
const TABLE = /^\s*create table if not exists "?mosaic"?\."?preagg_[0-9a-f]+"?\s+as\s/i;

async function failing<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw new UserError((error as Error).message, { cause: error });
  }
}

function plain(value: JS): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value !== 'object') return value;
  return value instanceof Date
    ? value.toISOString()
    : JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? Number(one) : one));
}

/** An answer as an Arrow IPC stream, which Mosaic reads. */
export function arrow({ names, columns, types }: Answer): Uint8Array {
  const fields = names.map((name, i) => [name, arrowType(types[i]!)] as const);
  const table = tableFromArrays(
    fields.map(([name, type], i): [string, unknown[]] => {
      return [name, type === text ? columns[i]!.map(asText) : columns[i]!];
    }),
    { types: Object.fromEntries(fields) },
  );
  return tableToIPC(table, { format: 'stream' }) as Uint8Array;
}

const text = utf8();
const NUMBER = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w+INT|FLOAT|DOUBLE|DECIMAL.*)$/;

function arrowType(type: string): DataType {
  if (NUMBER.test(type)) return float64();
  return type === 'BOOLEAN' ? bool() : text;
}

const asText = (value: unknown): unknown => (value === null ? null : String(value));
