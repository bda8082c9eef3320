import type { Config } from 'vega-lite';
import { UserError } from '../common/errors.js';
import type { Spec } from '../figures/parts/figure.js';
import type { Fonts } from './fonts.js';
import type { Palette } from './palette.js';
import { viewToPdf } from './pdf.js';
import { sizeOf } from './svg.js';
import { coloured, type Theme, themeConfig } from './theme.js';
import { compileView, widthOf } from './view.js';
import { pxOf, SLIDE, type Width } from './width.js';

/** A plot narrower than this cannot be read, in px. */
const LEAST_WIDTH = 30;
/** In px of 1/96 inch. */
const MM = 96 / 25.4;

export interface RenderOptions {
  /** One of a page's, or in px of 1/96 inch. Default: column. */
  width?: Width | number;
  /** Default: light. */
  theme?: Theme;
  /** Stands above the figure; a paper has captions instead. Default: none. */
  title?: string;
  /** Default: Inter. */
  fonts?: Fonts;
  /** Colours in place of the theme's. Default: none. */
  palette?: Palette;
}

export interface Rendered {
  svg: string;
  /** The spec with its data, colours, size and configuration: what any Vega-Lite draws the same from. */
  spec: Spec;
  /** Draws it as PDF as well. */
  pdf(title: string): Promise<Uint8Array>;
}

/** A figure that needs more room than it was given. */
export class TooNarrow extends UserError {}

/** Draws a figure's spec at a width and in a theme. @throws TooNarrow where it needs more room */
export async function renderSpec(spec: Spec, options: RenderOptions = {}): Promise<Rendered> {
  const { width = 'column', theme = 'light', palette, fonts } = options;
  const config = themeConfig(theme, palette, fonts);
  const titled = options.title ? { ...spec, title: options.title } : spec;
  const drawn = coloured(titled as Spec, theme, palette);
  const draw = (px: number, scale = 1) => fit(drawn, { width: px, scale }, config, fonts);
  const { svg, fitted, pdf } = width === 'slide' ? await landscape(draw) : await draw(pxOf(width));
  const schema = 'https://vega.github.io/schema/vega-lite/v6.json';
  return { svg, pdf, spec: { $schema: schema, ...fitted, config } as Spec };
}

/** No higher than a slide is: one that would be is drawn wider, and smaller. */
async function landscape(draw: (px: number, scale: number) => ReturnType<typeof fit>) {
  let px = pxOf('slide');
  for (let tries = 1; ; tries++) {
    const drawn = await draw(px, SLIDE.width / px);
    const over = sizeOf(drawn.svg)[1] / SLIDE.height;
    if (over <= 1 || tries === 4) return drawn;
    px = Math.ceil(px * over);
  }
}

/** Sets the plots' width so that the whole picture, with axes and legends, is as wide as asked, or up to 1 px less. */
async function fit(spec: Spec, size: { width: number; scale: number }, config: Config, fonts?: Fonts) {
  const across = spec.usermeta?.across ?? 1;
  const { resetSVGDefIds } = await import('../common/bundled/vega.js');
  let width = Math.round((size.width * 0.75) / across);
  const { view, widths } = await compileView(withWidth(spec, width) as Spec, config, fonts);
  try {
    for (let tries = 1; ; tries++) {
      await view.runAsync(); // what the layout before has left to do
      const excess = widthOf(view) - size.width;
      // a label at the axis' end comes and goes with the width: then the first that is not too wide will do
      if (excess <= 0 && (excess > -across || tries > 5)) {
        // ids of gradients and clips would else go on from the picture before
        resetSVGDefIds();
        const svg = await view.toSVG(size.scale);
        // a view that is finalized hears of nothing more, and can still be drawn
        const pdf = (title: string) => viewToPdf(view, title, sizeOf(svg), size.scale);
        return { svg, fitted: withWidth(spec, width), pdf };
      }
      width -= Math.ceil(excess / across);
      if (tries === 10 || width < LEAST_WIDTH)
        throw new TooNarrow(
          `it needs more than a width of ${size.width} px (${Math.round(size.width / MM)} mm): give a larger --width`,
        );
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
