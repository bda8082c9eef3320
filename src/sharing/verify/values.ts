import { ask, type Duck, literal } from '../../dataset/duck.js';
import type { Column, Table } from '../../dataset/schema.js';
import { ERROR_CLASSES } from '../../vocabulary/outcomes.js';
import type { Problem } from './problem.js';

interface Check {
  column: string;
  /** Where a row is wrong, in SQL. */
  wrong: string;
  problem: string;
}

/** What single rows may hold, in one pass: required values, choices, ranges, and references to tables in `readable`. */
export async function checkValues(
  duck: Duck,
  table: Table,
  readable: ReadonlySet<string>,
): Promise<Problem[]> {
  const { name, file } = table;
  const checks = table.columns.flatMap((column) => checksOf(column, readable));
  if (name === 'operations') checks.push(...OUTCOME_CHECKS);
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
  return problems;
}

function checksOf(column: Column, readable: ReadonlySet<string>): Check[] {
  const { name, optional, oneOf, minimum, references } = column;
  const checks: Check[] = [];
  const add = (wrong: string, problem: string) => checks.push({ column: name, wrong, problem });
  if (!optional) add(`"${name}" is null`, 'is missing');
  if (oneOf)
    add(`"${name}" not in (${oneOf.map(literal).join(', ')})`, `expected one of ${oneOf.join(', ')}`);
  if (minimum !== undefined) add(`"${name}" < ${minimum}`, `expected at least ${minimum}`);
  if (references) {
    const [other, key] = references.split('.');
    if (readable.has(other!)) add(`"${name}" not in (select "${key}" from ${other})`, `is not in ${other}`);
  }
  return checks;
}

/** An operation has a latency if it is ok, and an error if it is not. */
const OUTCOME_CHECKS: readonly Check[] = [
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
];
