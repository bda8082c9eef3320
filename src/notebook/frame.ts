import { createRequire } from 'node:module';
import type { DataFrame, Series } from 'danfojs-node';
import { forDanfo } from '../common/danfo.js';

const require = createRequire(import.meta.url);

/** A danfojs DataFrame that knows its columns: what it has beyond this is reached by `.danfo`. */
export interface Frame<R extends object = Record<string, unknown>> {
  readonly shape: number[];
  readonly columns: (keyof R & string)[];
  readonly index: (string | number)[];
  readonly values: unknown[][];
  column(name: keyof R & string): Series;
  head(rows?: number): Frame<R>;
  tail(rows?: number): Frame<R>;
  loc(chosen: { rows?: (string | number | boolean)[] | Series; columns?: (keyof R & string)[] }): DataFrame;
  query(condition: Series | boolean[]): Frame<R>;
  groupby(names: (keyof R & string)[]): ReturnType<DataFrame['groupby']>;
  sortValues(by: keyof R & string, options?: { ascending?: boolean }): Frame<R>;
  addColumn(name: string, values: unknown[] | Series): DataFrame;
  describe(): DataFrame;
  print(): void;
  toString(): string;
  /** The same frame with all that danfojs offers, and without the check of columns’ names. */
  readonly danfo: DataFrame;
}

/**
 * Rows as a danfojs DataFrame that knows its columns. A missing number is NaN in it, since danfojs takes null for 0 in a
 * mean, and nanoseconds are text.
 */
export function frame<R extends object>(rows: readonly R[]): Frame<R> {
  const danfo: typeof import('danfojs-node') = require('danfojs-node');
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))] as (keyof R & string)[];
  if (rows.length === 0) return typed(new danfo.DataFrame([], { columns }));
  const cells = columns.map((name) => [name, forDanfo(rows.map((row) => row[name] ?? null))]);
  return typed(new danfo.DataFrame(Object.fromEntries(cells), { columns }));
}

/** A DataFrame as one that knows its columns; so does what is made from it. */
export function typed<R extends object>(danfo: DataFrame): Frame<R> {
  const all = Object.getPrototypeOf(danfo);
  if (!('danfo' in all)) Object.defineProperties(all, additions(all.sortValues));
  return danfo as unknown as Frame<R>;
}

type Sort = DataFrame['sortValues'];

function additions(danfosSort: Sort): PropertyDescriptorMap {
  return {
    danfo: {
      get() {
        return this;
      },
    },
    // danfojs leaves the rows as they are where a value is missing, which comes last here
    sortValues: {
      value(this: DataFrame, ...[by, options = {}]: Parameters<Sort>) {
        return options.inplace ? danfosSort.call(this, by, options) : sorted(this, by, options.ascending);
      },
    },
  };
}

function sorted(frame: DataFrame, by: string, ascending = true): DataFrame {
  const values = frame.column(by).values as (number | string)[];
  const missing = (row: number) => values[row] === null || Number.isNaN(values[row]);
  const rows = values
    .map((_, row) => row)
    .sort((a, b) => {
      if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
      const [one, other] = ascending ? [values[a]!, values[b]!] : [values[b]!, values[a]!];
      return one < other ? -1 : Number(one > other);
    });
  return frame.iloc({ rows });
}
