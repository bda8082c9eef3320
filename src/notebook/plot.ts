import type { Spec } from '../figures/parts/figure.js';
import { renderSpec } from '../render/render.js';
import type { Drawn } from './drawing.js';

/** A column by name, or with how to draw it. */
export type Channel<R> =
  | (keyof R & string)
  | {
      readonly field: keyof R & string;
      readonly title?: string | null;
      /** Default: numbers are `linear`, all else is in the order of the rows. */
      readonly scale?: 'linear' | 'log' | 'nominal';
      /** Whether a linear axis begins at 0. Default: true. */
      readonly zero?: boolean;
    };

export interface PlotOptions<R> {
  readonly mark: 'line' | 'bar' | 'point' | 'area' | 'tick' | 'boxplot';
  readonly x: Channel<R>;
  readonly y: Channel<R>;
  readonly color?: Channel<R>;
  /** One small plot for each value of this column. */
  readonly facet?: keyof R & string;
  readonly title?: string;
  /** Of each plot in px. Default: 200; of a bar chart lying down, enough for its bars. */
  readonly height?: number;
}

/** A plot of rows of one’s own in the style of the figures; `show` displays it. Columns’ names are checked. */
export async function plot<R extends object>(
  rows: readonly R[] | Promise<readonly R[]>,
  options: PlotOptions<R>,
): Promise<Drawn> {
  const values = (await rows).map(numbersOnly);
  const channel = (of: Channel<R>) => encoding(of, values);
  const { mark, x, y, color, facet, title = '' } = options;
  const isTall = encoding(y, values).type === 'nominal';
  const unit = {
    mark: { type: mark, ...(mark === 'line' ? { point: true } : {}), ...(color ? {} : { color: '$strong' }) },
    height: options.height ?? (isTall ? { step: 20 } : 200),
    encoding: {
      x: channel(x),
      y: channel(y),
      ...(color
        ? {
            color: {
              ...channel(color),
              scale: { range: ['$strong', '$published', '$third', '$unknown', '$muted', '$second'] },
            },
          }
        : {}),
    },
  };
  const spec = facet
    ? { data: { values }, facet: { field: facet, type: 'nominal', sort: null }, columns: 3, spec: unit }
    : { data: { values }, ...unit };
  const across = facet ? Math.min(3, new Set(values.map((row) => row[facet])).size) : 1;
  const drawn = await renderSpec({ usermeta: { across }, ...spec } as unknown as Spec, { width: 'full' });
  return { name: 'plot', title, ...drawn };
}

type Values = Record<string, unknown>;

function encoding<R>(of: Channel<R>, values: readonly Values[]) {
  const { field, title, scale, zero = true } = typeof of === 'string' ? { field: of } : of;
  const isNumber = values.some((row) => typeof row[field] === 'number');
  if (scale === 'nominal' || (!scale && !isNumber)) return { field, type: 'nominal', sort: null, title };
  return {
    field,
    type: 'quantitative',
    title: title === undefined ? field : title,
    scale: scale === 'log' ? { type: 'log', nice: true } : { zero },
  };
}

/** Vega knows no bigint. */
function numbersOnly(row: object): Values {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
}
