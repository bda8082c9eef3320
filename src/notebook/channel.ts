import { UserError } from '../common/errors.js';
import type { Values } from './values.js';

export const AGGREGATES = ['count', 'sum', 'mean', 'median', 'min', 'max', 'q1', 'q3', 'stdev'] as const;

/** A column by name, or with how to draw it. */
export type Channel<R> =
  | (keyof R & string)
  | {
      /** The column; none is needed to count rows. */
      readonly field?: keyof R & string;
      readonly title?: string | null;
      /** Default: numbers are `linear`, all else is in the order of the rows. */
      readonly scale?: 'linear' | 'log' | 'time' | 'nominal';
      /** Whether a linear axis begins at 0. Default: true. */
      readonly zero?: boolean;
      /** Groups numbers into ranges: about ten, or at most so many. */
      readonly bin?: boolean | number;
      /** One value for all rows that are alike in the other channels. */
      readonly aggregate?: (typeof AGGREGATES)[number];
    };

/** A channel as Vega-Lite has it. */
export function encoding(of: Channel<Values>, values: readonly Values[]): Record<string, unknown> {
  const { field, scale, zero, bin, aggregate, ...words } = fieldOf(of);
  const title = words.title === undefined ? titleOf(field, aggregate) : words.title;
  const isNumber = aggregate !== undefined || values.some((row) => typeof row[field!] === 'number');
  const summed = { ...(field === undefined ? {} : { field }), ...(aggregate ? { aggregate } : {}), title };
  if (bin) return { ...summed, type: 'quantitative', bin: typeof bin === 'number' ? { maxbins: bin } : true };
  if (scale === 'time') return { ...summed, type: 'temporal' };
  if (scale === 'nominal' || (!scale && !isNumber)) return { ...summed, type: 'nominal', sort: null };
  const of0 = scale === 'log' ? { type: 'log', nice: true } : { zero: zero ?? true };
  return { ...summed, type: 'quantitative', scale: of0 };
}

/** A channel with its column, whichever way it was written. @throws UserError where it is neither */
export function fieldOf(
  of: Channel<Values> | undefined,
  place = 'a channel',
): Exclude<Channel<Values>, string> {
  if (typeof of === 'string') return { field: of };
  if (typeof of === 'object' && of !== null) return of;
  throw new UserError(
    `${place} is ${JSON.stringify(of) ?? 'missing'}\nExpected: the name of a column, or { field: … }`,
  );
}

function titleOf(field: string | undefined, aggregate: string | undefined): string {
  if (field === undefined) return 'Number of rows';
  return aggregate ? `${aggregate} of ${field}` : field;
}
