import type { DuckDBValue } from '@duckdb/node-api';

/**
 * What a question needs of a dataset: SQL over the views of its tables, with values bound by name, to rows of plain
 * JavaScript values.
 */
export interface Queryable {
  query<R extends object>(sql: string, values?: Record<string, DuckDBValue>): Promise<R[]>;
}

/** A question that this dataset cannot answer: the message says what is missing, in a half-sentence. */
export class MissingData extends Error {
  override name = 'MissingData';
}

/** Keeps a question's answer for as long as its dataset is in use, since several figures ask the same. */
export function asked<A>(question: (data: Queryable) => Promise<A>): (data: Queryable) => Promise<A> {
  const answers = new WeakMap<Queryable, Promise<A>>();
  return (data) => {
    const known = answers.get(data) ?? question(data);
    answers.set(data, known);
    return known;
  };
}
