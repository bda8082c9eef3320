import { resolve } from 'node:path';
import { UserError, unknownName } from '../common/errors.js';
import { packageRoot } from '../common/paths.js';
import type { Dataset, Parameter } from '../dataset/open.js';
import { type FigureName, figures } from '../figures/index.js';
import { openDataset as open } from '../results/core/open.js';
import { type Drawing, type DrawingOptions, drawing } from './drawing.js';
import { type Frame, typed } from './frame.js';
import type { Misspelt, Rows } from './sql-types.js';

/** A dataset as notebooks use it. */
export interface Data extends Omit<Dataset, 'frame'> {
  /**
   * Asks in SQL (DuckDB’s). The rows’ type is read from the text where it can be; a misspelt column is an error.
   *
   * @param parameters values for `$name` in the SQL, or for `?` in turn
   * @example await data.sql('select scenario, count(*) as runs from runs group by all order by all')
   */
  sql<const S extends string>(
    text: S & ([Misspelt<S>] extends [never] ? unknown : { 'no such column': Misspelt<S> }),
    parameters?: Readonly<Record<string, Parameter>> | readonly Parameter[],
  ): Promise<Rows<S>[]>;

  /** What a query finds, as a danfojs DataFrame of at most 10,000 rows; nanoseconds are text in it. */
  frame<const S extends string>(
    text: S & ([Misspelt<S>] extends [never] ? unknown : { 'no such column': Misspelt<S> }),
    parameters?: Readonly<Record<string, Parameter>> | readonly Parameter[],
  ): Promise<Frame<Rows<S>>>;

  /** Draws a figure of this dataset; `show` displays it. Throws a UserError for a name that no figure has. */
  figure(name: FigureName | (string & {}), options?: DrawingOptions): Promise<Drawing>;
}

/** The dataset that is used where none is named: the environment’s DATASET, or else this one, as the package’s root sees it. */
export function defaultDataset(otherwise = 'data/reference'): string {
  return resolve(packageRoot, process.env['DATASET'] || otherwise);
}

/**
 * Opens a dataset for questions, frames and figures.
 * @param folder Default: the environment’s DATASET, or data/reference; a relative one is seen from the package’s root
 * @throws UserError where there is no dataset
 */
export async function openDataset(folder: string = defaultDataset()): Promise<Data> {
  const dataset = await open(resolve(packageRoot, folder));
  const sql = ((text: string, parameters?: Record<string, Parameter>) =>
    asked(dataset.query(text, parameters))) as Data['sql'];
  return {
    ...dataset,
    sql,
    frame: (async (text: string, parameters?: Record<string, Parameter>) =>
      typed(await asked(dataset.frame(text, parameters)))) as Data['frame'],
    figure: async (name, options) => {
      const found = figures.find((one) => one.name === name);
      if (!found) {
        throw unknownName(
          'figure',
          name,
          figures.map((one) => one.name),
        );
      }
      if (options?.run && !found.ofRun)
        throw new UserError(`the figure ${name} shows no single run: leave "run" away`);
      return drawing(dataset, found, options);
    },
  };
}

/** DuckDB’s answer. Its errors say what was wrong, and leave out the query, which the reader has in the cell. */
async function asked<A>(answer: Promise<A>): Promise<A> {
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof UserError || !(cause instanceof Error)) throw cause;
    const [what = ''] = cause.message.split(/\n+LINE \d+:/);
    throw new UserError(what.replace(/\n+/g, '\n').trim(), { cause });
  }
}
