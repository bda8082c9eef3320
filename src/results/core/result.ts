import { type Column, type RowOf, runId, type Table } from '../../dataset/schema.js';

/**
 * What is said of every run, from its operations and events. A dataset stores the rows of every result for all of its
 * runs, so that what is made of them needs no operations, which may have been left out.
 *
 * A result is one file in `src/results/`: this definition, and what is made of its rows over trials.
 */
export interface Result extends Table {
  /** Of `perRun`: it grows whenever the same operations would give other rows. */
  readonly version: number;
  /**
   * SQL over the dataset's tables, for rows of all runs for which it has what `from` says: every column but
   * `definition`, in any order. The right side of a join is kept in memory: the smaller one.
   */
  readonly perRun: string;
  /** What it is made from: samples are never left out of a dataset, operations and attempts may be. */
  readonly from: 'operations' | 'attempts' | 'samples';
}

/** The last column of every result. */
const definition = {
  name: 'definition',
  type: 'INTEGER',
  about: 'Version of the definition that the row was made by',
  minimum: 1,
} as const satisfies Column;

type Columns<C extends readonly Column[]> = readonly [typeof runId, ...C, typeof definition];

/** Declares a result. `columns` and `key` go without `run_id`, which comes first in both. */
export function result<const N extends string, const C extends readonly Column[]>(declared: {
  name: N;
  version: number;
  /** What a row is, to follow “a row is”. */
  row: string;
  columns: C;
  /** The columns that tell a run's rows apart, in which they are stored. */
  key: readonly C[number]['name'][];
  /** Whether there are so many rows that they are stored as Parquet. Default: false, as CSV. */
  large?: boolean;
  /** Default: operations. */
  from?: Result['from'];
  perRun: string;
}) {
  const { name, version, row, columns, key, large, from = 'operations', perRun } = declared;
  const whole: Columns<C> = [runId, ...columns, definition];
  return {
    name,
    version,
    row,
    from,
    perRun,
    file: `results/${name}.${large ? 'parquet' : 'csv'}`,
    columns: whole,
    key: ['run_id', ...key],
    sortedBy: ['run_id', ...key],
  } satisfies Result & { name: N };
}

/** A row of a result as it is stored. */
export type ResultRow<R extends Result> = RowOf<R>;
