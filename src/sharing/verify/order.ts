import { ask, type Duck } from '../../dataset/duck.js';
import { TABLES, type Table } from '../../dataset/schema.js';
import type { Problem } from './problem.js';

/** Whether no key comes twice and rows stand in the order of their table. */
export async function checkOrder(duck: Duck, table: Table): Promise<Problem[]> {
  return table.name === 'operations' ? checkSequence(duck) : checkSorted(duck, table);
}

/** Keys and order of a small table. */
async function checkSorted(duck: Duck, table: Table): Promise<Problem[]> {
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
