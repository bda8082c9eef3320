import type { DataFrame, Series } from 'danfojs-node';
import { UserError } from '../common/errors.js';

const MOST_ROWS = 10_000;

/** A danfojs DataFrame that knows its columns: what it has beyond this is reached by `.danfo`. */
export interface Frame<R extends object = Record<string, unknown>> {
  readonly shape: number[];
  readonly columns: (keyof R & string)[];
  readonly values: unknown[][];
  column(name: keyof R & string): Series;
  head(rows?: number): DataFrame;
  tail(rows?: number): DataFrame;
  loc(chosen: { rows?: (string | number | boolean)[] | Series; columns?: (keyof R & string)[] }): DataFrame;
  query(condition: Series | boolean[]): DataFrame;
  groupby(names: (keyof R & string)[]): ReturnType<DataFrame['groupby']>;
  sortValues(by: keyof R & string, options?: { ascending?: boolean }): DataFrame;
  addColumn(name: string, values: unknown[] | Series): DataFrame;
  describe(): DataFrame;
  print(): void;
  toString(): string;
  /** The same frame with all that danfojs offers, and without the check of columns’ names. */
  readonly danfo: DataFrame;
}

/**
 * Rows as a danfojs DataFrame, for small results: danfojs is slow on large ones, so more than 10,000 rows are refused.
 * Whole numbers beyond 2^53 (Unix time in ns) become text, since danfojs knows no bigint.
 *
 * @throws UserError for no rows (a frame without columns is of no use) or too many
 */
export async function frame<R extends object>(rows: readonly R[] | Promise<readonly R[]>): Promise<Frame<R>> {
  const all = await rows;
  if (all.length === 0) throw new UserError('a frame of no rows has no columns: the query found nothing');
  if (all.length > MOST_ROWS) {
    throw new UserError(
      `${all.length.toLocaleString('en')} rows are too many for a danfojs frame (at most ${MOST_ROWS.toLocaleString('en')}): ` +
        'group or filter them in the SQL, where it is a hundred times faster',
    );
  }
  const { default: danfo } = await import('danfojs-node');
  const plain = all.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, small(value)])),
  );
  const made = new danfo.DataFrame(plain);
  Object.defineProperty(made, 'danfo', { get: () => made });
  return made as unknown as Frame<R>;
}

function small(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
}
