import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask, type Duck } from '../../dataset/duck.js';
import { type Dataset, openTables } from '../../dataset/open.js';
import { defineTable } from '../../dataset/views.js';
import { RESULTS } from '../index.js';
import { defineStored1 } from './format-1.js';
import type { Result } from './result.js';

/**
 * Opens a dataset: its tables, and the results of every run. What it has stored of a result is used where it was made by
 * the present definition; else the result is made from the operations, where these are there.
 */
export function openDataset(folder: string): Promise<Dataset> {
  return openTables(folder, defineResults);
}

/** Makes every result a view beside the tables. */
export async function defineResults(duck: Duck, folder: string, format: number): Promise<void> {
  for (const result of Object.values(RESULTS) as Result[]) {
    const stored = `stored_${result.name}`;
    const there = await defineStored(duck, folder, format, result, stored);
    if (there && format > 1 && (await isCurrent(duck, result, stored))) {
      await duck.connection.run(`CREATE VIEW ${result.name} AS FROM ${stored}`);
      continue;
    }
    const kept =
      there && result.from !== 'samples'
        ? `UNION ALL BY NAME SELECT * FROM ${stored} WHERE definition = ${result.version}
             AND run_id NOT IN (SELECT DISTINCT run_id FROM ${result.from})`
        : '';
    await duck.connection.run(`CREATE VIEW ${result.name} AS ${rowsSql(result)} ${kept}`);
  }
}

/** SQL for the rows of a result, made anew from the dataset's tables. */
export function rowsSql({ columns, version, perRun }: Result): string {
  const selected = columns.map(({ name, type }) =>
    name === 'definition' ? `${version} AS definition` : `"${name}"::${type} AS "${name}"`,
  );
  return `SELECT ${selected.join(', ')} FROM (${perRun})`;
}

async function defineStored(
  duck: Duck,
  folder: string,
  format: number,
  result: Result,
  view: string,
): Promise<boolean> {
  if (format === 1) return defineStored1(duck, folder, result.name, view);
  if (!existsSync(join(folder, result.file))) return false;
  await defineTable(duck, folder, result, view);
  return true;
}

/** Whether every stored row was made by the present definition. */
async function isCurrent(duck: Duck, { version }: Result, view: string): Promise<boolean> {
  const [others] = await ask<{ n: bigint }>(
    duck,
    `SELECT count(*) AS n FROM ${view} WHERE definition <> ${version}`,
  );
  return others!.n === 0n;
}
