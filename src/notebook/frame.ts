import type { DataFrame, Series } from 'danfojs-node';

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

/** A DataFrame as one that knows its columns. */
export function typed<R extends object>(danfo: DataFrame): Frame<R> {
  Object.defineProperty(danfo, 'danfo', { get: () => danfo });
  return danfo as unknown as Frame<R>;
}
