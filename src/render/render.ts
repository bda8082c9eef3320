import type { Config } from 'vega-lite';
import type { Spec } from '../figures/parts/figure.js';
import { sizeOf } from './svg.js';
import { coloured, type Theme, themeConfig, WIDTHS, type Width } from './theme.js';
import { compileView } from './view.js';

/** A plot narrower than this cannot be read, in px. */
const LEAST_WIDTH = 30;

export interface RenderOptions {
  /** One of a page's, or in px. Default: column. */
  width?: Width | number;
  /** Default: light. */
  theme?: Theme;
  /** Stands above the figure; a paper has captions instead. Default: none. */
  title?: string;
}

export interface Rendered {
  svg: string;
  /** The spec with its data, colours, size and configuration: what any Vega-Lite draws the same from. */
  spec: Spec;
}

/** Draws a figure's spec at a width and in a theme. */
export async function renderSpec(spec: Spec, options: RenderOptions = {}): Promise<Rendered> {
  const { width = 'column' } = options;
  const size = typeof width === 'number' ? { width, scale: 1 } : WIDTHS[width];
  const theme = options.theme ?? 'light';
  const config = themeConfig(theme);
  const titled = options.title ? { ...spec, title: options.title } : spec;
  const { svg, fitted } = await fit(coloured(titled as Spec, theme), size, config);
  const schema = 'https://vega.github.io/schema/vega-lite/v6.json';
  return { svg, spec: { $schema: schema, ...fitted, config } as Spec };
}

/** Sets the plots' width so that the whole picture, with axes and legends, is as wide as asked, or up to 1 px less. */
async function fit(spec: Spec, size: { width: number; scale: number }, config: Config) {
  const across = spec.usermeta?.across ?? 1;
  const { resetSVGDefIds } = await import('vega');
  let width = Math.round((size.width * 0.75) / across);
  const { view, widths } = await compileView(withWidth(spec, width) as Spec, config);
  try {
    for (let tries = 1; ; tries++) {
      // ids of gradients and clips would else go on from the picture before
      resetSVGDefIds();
      const svg = await view.toSVG(size.scale);
      const excess = sizeOf(svg)[0] / size.scale - size.width;
      // a label at the axis' end comes and goes with the width: then the first that is not too wide will do
      if (excess <= 0 && (excess > -across || tries > 5)) return { svg, fitted: withWidth(spec, width) };
      width -= Math.ceil(excess / across);
      if (tries === 10 || width < LEAST_WIDTH)
        throw new Error(`does not fit a width of ${size.width} px: it is ${Math.round(excess)} px too wide`);
      for (const name of widths) view.signal(name, width);
      await view.resize().runAsync();
    }
  } finally {
    view.finalize();
  }
}

/** The spec with a width for each plot that has none: its own, or those of the plots within. */
function withWidth(spec: object, width: number): object {
  for (const key of ['hconcat', 'vconcat', 'concat'] as const) {
    if (key in spec) {
      const children = (spec as Record<typeof key, object[]>)[key].map((child) => withWidth(child, width));
      return { ...spec, [key]: children };
    }
  }
  if ('spec' in spec) return { ...spec, spec: withWidth(spec.spec as object, width) };
  return 'width' in spec ? spec : { ...spec, width };
}
