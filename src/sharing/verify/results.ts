import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask, openDuck } from '../../dataset/duck.js';
import { defineTable } from '../../dataset/views.js';
import type { Result } from '../../results/core/result.js';
import { isWorthAFile, madeOf, makeResults } from '../../results/core/store.js';
import { RESULT_TABLES } from '../../results/core/tables.js';
import type { Problem } from './problem.js';

/**
 * Whether the stored results are what the operations and samples give, as far as these are there. Rows that an older
 * definition made cannot be compared, and are left to an upgrade.
 */
export async function checkResults(folder: string): Promise<Problem[]> {
  const duck = await openDuck();
  const problems: Problem[] = [];
  try {
    await makeResults(duck, folder);
    for (const result of RESULT_TABLES) {
      const { file, name, key, columns } = result;
      if (!existsSync(join(folder, file))) {
        if (!(await isWorthAFile(duck, result))) continue;
        problems.push({ file, problem: 'is missing: "npm run dataset -- upgrade" makes it again' });
        continue;
      }
      await defineTable(duck, folder, result, `stored_${name}`);
      const place = `concat_ws(', ', ${key!.map((column) => `"${column}"`).join(', ')})`;
      const list = columns.map((column) => `"${column.name}"`).join(', ');
      const [made, stored] = [madeOf(result), storedRows(result)];
      const differences = await ask<{ place: string; problem: string }>(
        duck,
        `SELECT ${place} AS place, min(problem) AS problem FROM (
           (SELECT *, 'is missing or is not what the operations give' AS problem FROM (SELECT ${list} FROM ${made} EXCEPT ALL SELECT ${list} FROM ${stored}))
           UNION ALL (SELECT *, 'is not what the operations give' AS problem FROM (SELECT ${list} FROM ${stored} EXCEPT ALL SELECT ${list} FROM ${made}))
         ) GROUP BY place ORDER BY place LIMIT 5`,
      );
      problems.push(
        ...differences.map(({ place, problem }) => ({ file, problem: `the row ${place} ${problem}` })),
      );
    }
  } finally {
    duck.close();
  }
  return problems;
}

/** The stored rows that can be compared: of the present definition, and of runs from which they can be made. */
function storedRows({ name, version, from }: Result): string {
  const anchors = { operations: 'outcomes', attempts: 'service', samples: null };
  const anchor = anchors[from];
  const comparable = anchor ? `AND run_id IN (SELECT run_id FROM ${madeOf({ name: anchor })})` : '';
  return `(FROM stored_${name} WHERE definition = ${version} ${comparable})`;
}
