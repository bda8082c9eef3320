import { UserError, unknownName } from '../common/errors.js';
import type { Spec } from '../figures/parts/figure.js';
import { renderSpec } from '../render/render.js';
import type { Width } from '../render/width.js';
import { AGGREGATES, type Channel, encoding, fieldOf } from './channel.js';
import type { Drawing } from './drawing.js';
import { type RowOfTable, rowsOf, type Table } from './rows.js';
import { type Values, valuesOf } from './values.js';

const MARKS = ['line', 'bar', 'point', 'area', 'tick', 'boxplot', 'rule', 'rect'] as const;

/** Small plots in a row, where they are not told how many. */
const ACROSS = 3;

export interface PlotOptions<R> {
  readonly mark: (typeof MARKS)[number];
  readonly x: Channel<R>;
  readonly y: Channel<R>;
  readonly color?: Channel<R>;
  /** One small plot for each value of a column, three in a row; or a table of them by the values of two columns. */
  readonly facet?:
    | (keyof R & string)
    | { readonly row?: keyof R & string; readonly column?: keyof R & string };
  /** How many small plots stand in a row. Default: 3. */
  readonly columns?: number;
  readonly title?: string;
  /** Of the whole picture: that of a page’s column, a page (`full`, the default) or a slide, or in px. */
  readonly width?: Width | number;
  /** Of each plot in px. Default: 200; of a bar chart lying down, enough for its bars. */
  readonly height?: number;
}

/**
 * Draws rows, or a danfojs DataFrame or Series, in the style of the figures; `show` displays it. Of no rows nothing is
 * drawn, and `show` says so.
 *
 * @throws UserError for a column that there is not, and for what is no table
 * @example plot(runs, { mark: 'bar', x: { aggregate: 'count' }, y: 'scenario' })
 */
export async function plot<T extends Table>(
  table: T | Promise<T>,
  options: PlotOptions<RowOfTable<T>>,
): Promise<Drawing> {
  const values = valuesOf(rowsOf(await table));
  const { title = '', width = 'full' } = options;
  const chosen = options as PlotOptions<Values>;
  if (values.length === 0) return { name: 'plot', title: title || 'This plot', missing: 'no rows for it' };
  check(chosen, values);
  const drawn = await renderSpec({ ...specOf(chosen, values), data: { values } } as unknown as Spec, {
    width,
    ...(title ? { title } : {}),
  });
  return { name: 'plot', title, ...drawn };
}

function specOf(options: PlotOptions<Values>, values: readonly Values[]): object {
  const { mark, x, y, color, facet, columns = ACROSS } = options;
  const vertical = encoding(y, values);
  const unit = {
    mark: { type: mark, ...(mark === 'line' ? { point: true } : {}), ...(color ? {} : { color: '$strong' }) },
    height: options.height ?? (vertical.type === 'nominal' ? { step: 20 } : 200),
    encoding: {
      x: encoding(x, values),
      y: vertical,
      ...(color ? { color: { ...encoding(color, values), ...coloursOf(color, values) } } : {}),
    },
  };
  if (!facet) return unit;
  const different = (field: string) => [...new Set(values.map((row) => row[field]))];
  const by = (field: string) => ({ field, type: 'nominal', sort: different(field) });
  if (typeof facet === 'string') {
    const across = Math.min(columns, different(facet).length);
    return { usermeta: { across }, facet: by(facet), columns, spec: unit };
  }
  const { row, column } = facet;
  return {
    usermeta: { across: column ? different(column).length : 1 },
    facet: { ...(row ? { row: by(row) } : {}), ...(column ? { column: by(column) } : {}) },
    spec: unit,
  };
}

/** Colours that are told apart; of numbers, a range of one colour. */
function coloursOf(color: Channel<Values>, values: readonly Values[]): object {
  return encoding(color, values).type === 'nominal'
    ? { scale: { range: ['$strong', '$published', '$third', '$unknown', '$muted', '$second'] } }
    : { scale: { range: ['$heatlow', '$heathigh'] } };
}

/** What the types cannot see: options that were made elsewhere, and the columns of a danfojs frame. */
function check(options: PlotOptions<Values>, values: readonly Values[]): void {
  const { mark, x, y, color, facet } = options;
  if (!MARKS.includes(mark)) throw unknownName('mark', String(mark), MARKS);
  const columns = [...new Set(values.flatMap((row) => Object.keys(row)))];
  for (const [place, channel] of Object.entries({ x, y, color })) {
    if (channel === undefined && place === 'color') continue;
    const { field, aggregate } = fieldOf(channel, place);
    if (aggregate !== undefined && !AGGREGATES.includes(aggregate))
      throw unknownName('aggregate', aggregate, AGGREGATES);
    if (field === undefined && aggregate !== 'count')
      throw new UserError(`${place} names no column\nThere are: ${columns.join(', ')}`);
    if (field !== undefined && !columns.includes(field)) throw unknownName('column', field, columns);
  }
  for (const field of typeof facet === 'object' ? Object.values(facet) : facet ? [facet] : [])
    if (!columns.includes(field)) throw unknownName('column', field, columns);
}
