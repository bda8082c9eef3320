import type { DuckDBValue } from '@duckdb/node-api';

/** What a result needs of a dataset: SQL over its views, with values bound by name, to rows of plain JavaScript values. */
export interface Queryable {
  query<R extends object>(sql: string, values?: Record<string, DuckDBValue>): Promise<R[]>;
}

/** A question that this dataset cannot answer: the message says what is missing, in a half-sentence. */
export class MissingData extends Error {
  override name = 'MissingData';
}

/** What was asked for, or none where the dataset has nothing to tell it from. */
export async function orNone<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MissingData) return [];
    throw error;
  }
}

/** Keeps a query's answer for as long as its dataset is in use, since several figures need the same. */
export function cached<A>(query: (data: Queryable) => Promise<A>): (data: Queryable) => Promise<A> {
  const answers = new WeakMap<Queryable, Promise<A>>();
  return (data) => {
    const known = answers.get(data) ?? query(data);
    answers.set(data, known);
    return known;
  };
}

/** A list of names as one parameter, for {@link AMONG}: DuckDB's lists cannot be bound to every kind of statement. */
export function listed(names: Iterable<string>): string {
  return [...names].join('\n');
}

/** SQL for whether a column is among the names bound by {@link listed}. */
export function among(column: string, parameter: string): string {
  return `list_contains(string_split($${parameter}, chr(10)), ${column})`;
}
