import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../common/errors.js';
import { readDataPackage } from '../../dataset/datapackage.js';
import { type Duck, openDuck } from '../../dataset/duck.js';
import { TABLES, type Table } from '../../dataset/schema.js';
import { ALL_TABLES } from '../../results/core/tables.js';
import { outcomes } from '../../results/outcomes.js';
import { checkAgreement } from './agreement.js';
import { checkChecksums } from './checksums.js';
import { ALL_TABLES_1 } from './format-1.js';
import { load } from './load.js';
import { checkOrder } from './order.js';
import { describeProblems, type Problem } from './problem.js';
import { checkResults } from './results.js';
import { checkValues } from './values.js';

/** Checks a dataset: checksums, types, keys, order, ranges, references, counts that must agree, and its results. */
export async function verify(folder: string): Promise<Problem[]> {
  const path = resolve(folder);
  const description = await readDataPackage(path);
  const tables = description.format === 1 ? ALL_TABLES_1 : ALL_TABLES;
  const problems = await checkChecksums(path, description, tables);
  const changed = new Set(problems.map(({ file }) => file));
  const duck = await openDuck();
  try {
    problems.push(...(await checkTables(duck, path, tables, changed)));
  } finally {
    duck.close();
  }
  if (description.format > 1 && problems.length === 0) problems.push(...(await checkResults(path)));
  return problems;
}

/** Throws where a dataset has any problem. */
export async function requireSound(folder: string): Promise<void> {
  const problems = await verify(folder);
  if (problems.length > 0) throw new UserError(`${folder} is not sound:\n${describeProblems(problems)}`);
}

async function checkTables(
  duck: Duck,
  folder: string,
  tables: readonly Table[],
  changed: ReadonlySet<string>,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const readable: Table[] = [];
  for (const table of tables) {
    // a changed CSV file is worth a look at where; a changed Parquet file is only bytes
    if (changed.has(table.file) && table.file.endsWith('.parquet')) continue;
    const found = await load(duck, folder, table);
    problems.push(...found);
    if (found.length === 0) readable.push(table);
  }
  const names = new Set(readable.map(({ name }) => name));
  for (const table of readable) {
    if (!existsSync(join(folder, table.file))) continue; // nothing stands in it
    const checkTable = async () => [
      ...(await checkValues(duck, table, names)),
      ...(await checkOrder(duck, table)),
    ];
    problems.push(...(await readingTo(table.file, checkTable)));
  }
  if (readable.length === tables.length) {
    const counted = tables.includes(outcomes)
      ? { table: 'outcomes' as const, file: outcomes.file }
      : { table: 'tallies' as const, file: 'tallies.csv' };
    problems.push(...(await readingTo(TABLES.operations.file, () => checkAgreement(duck, counted))));
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
