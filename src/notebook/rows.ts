import { UserError } from '../common/errors.js';
import type { Frame } from './frame.js';

/** What every danfojs DataFrame and Series has. */
export interface Labelled {
  readonly columns: readonly string[];
  readonly index: readonly (string | number)[];
  readonly values: readonly unknown[];
}

/** What `show` and `plot` take as a table: the rows of a query, or anything that danfojs makes of them. */
export type Table = readonly object[] | Labelled;

/** What is known of a table’s rows. */
export type RowOfTable<T> = T extends readonly (infer R)[]
  ? R
  : T extends Frame<infer R>
    ? R
    : Record<string, unknown>;

/** A danfojs DataFrame or Series, of whatever version. */
export function isFrame(thing: unknown): thing is Labelled {
  return typeof thing === 'object' && thing !== null && 'ndim' in thing && 'columns' in thing;
}

/**
 * A table as plain rows. The labels of a frame’s rows are a column of their own where they are words, as those of
 * `describe()` are; the numbers that danfojs gives to the rows of a query say nothing.
 *
 * @throws UserError for what is no table
 */
export function rowsOf(table: unknown): readonly Record<string, unknown>[] {
  if (isFrame(table)) return rowsOfFrame(table);
  if (Array.isArray(table) && table.every((row) => typeof row === 'object' && row !== null)) return table;
  throw new UserError(
    `no table: ${received(table)}\nExpected: the rows of data.sql(…), or a danfojs DataFrame or Series`,
  );
}

function rowsOfFrame({ columns, index, values }: Labelled): Record<string, unknown>[] {
  const labelled = index.some((label) => typeof label === 'string');
  const labels = columns.includes('index') ? 'label' : 'index';
  return values.map((value, i) => {
    const cells = Array.isArray(value) ? value : [value];
    const own = columns.map((name, column) => [nameOf(name), missingAsNull(cells[column])] as const);
    return Object.fromEntries(labelled ? [[labels, index[i]], ...own] : own);
  });
}

/** danfojs names columns without a name by their place, which would come before all others in an object. */
function nameOf(column: string): string {
  return /^\d+$/.test(column) ? `value${column === '0' ? '' : ` ${column}`}` : column;
}

function missingAsNull(value: unknown): unknown {
  return Number.isNaN(value) ? null : value;
}

/** What came instead of a table, in a few words. */
function received(thing: unknown): string {
  if (Array.isArray(thing)) return 'a list of values that are no rows';
  if (typeof thing !== 'object' || thing === null) return `${JSON.stringify(thing) ?? thing} came`;
  if ('colDict' in thing)
    return 'groups came, which have no rows until mean(), sum(), count() … is made of them';
  return `${thing.constructor?.name ?? 'an object'} came`;
}
