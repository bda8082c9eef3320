import { csv } from '../common/csv.js';
import { UserError } from '../common/errors.js';
import { type Column, type Row, TABLES, type Table, type TableName } from './schema.js';

/** A table's rows as CSV, in the table's order: null is an empty field, an empty text is `""`, lines end in LF. */
export function toCsv<N extends TableName>(name: N, rows: readonly Row<N>[]): string {
  const table: Table = TABLES[name];
  const sorted = [...rows].sort((a, b) => compareRows(table, a, b));
  return csv(
    table.columns.map((column) => column.name),
    sorted,
  );
}

/** Whether two rows stand in the order of their table; null comes first. */
export function compareRows(table: Table, a: object, b: object): number {
  for (const name of table.sortedBy) {
    const [x, y] = [value(a, { name }), value(b, { name })];
    if (x === y) continue;
    if (x === null) return -1;
    if (y === null) return 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

/** Checks a row against its table: what is missing, of the wrong kind or out of range. `place` is for the error. */
export function checkRow(table: Table, row: object, place: string): void {
  for (const column of table.columns) {
    const problem = problemOf(column, value(row, column));
    if (problem) throw new UserError(`${place}, column ${column.name}: ${problem}`);
  }
}

/** A text field of a CSV file as the value of a column, or an error's words. An empty field is null. */
export function parseField(column: Column, text: string): { value: unknown } | { problem: string } {
  if (text === '') return { value: null };
  switch (column.type) {
    case 'VARCHAR':
      return { value: text };
    case 'BOOLEAN':
      if (text !== 'true' && text !== 'false') break;
      return { value: text === 'true' };
    case 'DOUBLE':
      if (!/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text)) break;
      return { value: Number(text) };
    default:
      if (!/^-?\d{1,19}$/.test(text)) break;
      if (column.unit === 'ns') return { value: BigInt(text) };
      if (!Number.isSafeInteger(Number(text))) break;
      return { value: Number(text) };
  }
  return { problem: `expected ${WORDS[column.type]}, received ${JSON.stringify(text.slice(0, 80))}` };
}

const WORDS = {
  VARCHAR: 'text',
  BIGINT: 'a whole number',
  INTEGER: 'a whole number',
  DOUBLE: 'a number',
  BOOLEAN: 'true or false',
};

function problemOf(column: Column, given: unknown): string | undefined {
  if (given === null || given === undefined) return column.optional ? undefined : 'is missing';
  if (column.oneOf && !column.oneOf.includes(given as string)) {
    return `expected one of ${column.oneOf.join(', ')}, received ${JSON.stringify(given)}`;
  }
  const number = typeof given === 'bigint' ? Number(given) : (given as number);
  if (column.minimum !== undefined && number < column.minimum) {
    return `expected at least ${column.minimum}, received ${given}`;
  }
  return undefined;
}

function value(row: object, { name }: { name: string }): string | number | bigint | boolean | null {
  return (row as Record<string, never>)[name] ?? null;
}
