import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appendRows, createTable } from '../../dataset/append.js';
import { defineTables } from '../../dataset/define-tables.js';
import { ask, type Duck, literal, openDuck } from '../../dataset/duck.js';
import { FORMAT } from '../../dataset/format.js';
import type { Dataset } from '../../dataset/open.js';
import { TABLES } from '../../dataset/schema.js';
import { RESULTS } from '../index.js';
import { rowsSql } from './open.js';
import { among, listed } from './query.js';
import type { Result } from './result.js';

/** About how many operations are looked at together, so that memory does not grow with the dataset. */
const BATCH_OPERATIONS = 1_000_000;

/** Runs of a dataset whose operations a folder does not have. */
export interface KeptRuns {
  dataset: Pick<Dataset, 'query'>;
  /** Each with the name that it has there, where that is another. */
  runs: readonly { readonly run: { readonly run_id: string }; readonly was: string }[];
}

/**
 * Writes the results of every run into a dataset's folder, whose tables are all there: made from the operations, or, for
 * runs without, taken over from where they were kept.
 */
export async function storeResults(folder: string, kept: readonly KeptRuns[] = []): Promise<void> {
  const duck = await openDuck({ threads: '2' });
  try {
    await makeResults(duck, folder);
    for (const result of mayBeKept) {
      for (const { dataset, runs } of kept) {
        const rows = await dataset.query(`SELECT * FROM ${result.name} WHERE ${among('run_id', 'runs')}`, {
          runs: listed(runs.map(({ was }) => was)),
        });
        const names = new Map(runs.map(({ run, was }) => [was, run.run_id]));
        const renamed = rows.map((row) => ({ ...row, run_id: names.get(String(row['run_id'])) }));
        await appendRows(duck, result, madeOf(result), renamed);
      }
    }
    await mkdir(join(folder, 'results'), { recursive: true });
    await duck.connection.run('SET threads = 1'); // the same rows give the same bytes
    for (const result of results) if (await isWorthAFile(duck, result)) await write(duck, folder, result);
  } finally {
    duck.close();
  }
}

/** Makes the results of all runs whose operations a folder has, as the tables {@link madeOf}. */
export async function makeResults(duck: Duck, folder: string): Promise<void> {
  await defineTables(duck, folder, FORMAT);
  // a join then keeps its right side in memory, as results are written: what DuckDB expects of a view was wrong by far,
  // so that it kept the operations
  await duck.connection.run("SET disabled_optimizers = 'build_side_probe_side'");
  for (const result of results) await createTable(duck, result, madeOf(result));
  for (const runs of await batches(duck)) {
    await narrowOperations(duck, folder, runs);
    for (const result of ofOperations) await make(duck, result);
  }
  const attempts = existsSync(join(folder, TABLES.attempts.file));
  for (const result of results) {
    if (result.from === 'samples' || (result.from === 'attempts' && attempts)) await make(duck, result);
  }
}

const results = Object.values(RESULTS) as Result[];
const ofOperations = results.filter(({ from }) => from === 'operations');
/** What a run's operations or attempts, which may have been left out, came to. */
const mayBeKept = results.filter(({ from }) => from !== 'samples');

/** The table of a result's rows that were made anew. */
export const madeOf = ({ name }: Pick<Result, 'name'>) => `made_${name}`;

async function make(duck: Duck, result: Result): Promise<void> {
  await duck.connection.run(`INSERT INTO ${madeOf(result)} BY NAME ${rowsSql(result)}`);
}

/** The runs that have operations, in groups of about as many operations. */
async function batches(duck: Duck): Promise<string[][]> {
  const runs = await ask<{ run_id: string; n: bigint }>(
    duck,
    'SELECT run_id, count(*) AS n FROM operations GROUP BY run_id ORDER BY run_id',
  );
  const groups: string[][] = [];
  let room = 0;
  for (const { run_id, n } of runs) {
    if (room < Number(n)) {
      groups.push([]);
      room = Math.max(BATCH_OPERATIONS, Number(n));
    }
    groups.at(-1)!.push(run_id);
    room -= Number(n);
  }
  return groups;
}

async function narrowOperations(duck: Duck, folder: string, runs: readonly string[]): Promise<void> {
  const file = literal(join(folder, TABLES.operations.file));
  const [first, last] = [literal(runs[0]!), literal(runs.at(-1)!)];
  // by a range DuckDB tells which parts of the file it need not read, by a list it does not
  await duck.connection.run(
    `CREATE OR REPLACE VIEW operations AS FROM read_parquet(${file})
     WHERE run_id BETWEEN ${first} AND ${last} AND run_id IN (${runs.map(literal).join(', ')})`,
  );
}

/** What is made from attempts has a file only where it has rows: in a dataset with a client, and of some with a fault. */
export async function isWorthAFile(duck: Duck, result: Result): Promise<boolean> {
  if (result.from !== 'attempts') return true;
  const [found] = await ask<{ n: bigint }>(duck, `SELECT count(*) AS n FROM ${madeOf(result)}`);
  return found!.n > 0n;
}

async function write(duck: Duck, folder: string, result: Result): Promise<void> {
  const format = result.file.endsWith('.csv')
    ? 'FORMAT csv, HEADER'
    : 'FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2';
  const order = result.sortedBy.map((name) => `"${name}"`).join(', ');
  await duck.connection.run(
    `COPY (FROM ${madeOf(result)} ORDER BY ${order}) TO ${literal(join(folder, result.file))} (${format})`,
  );
}
