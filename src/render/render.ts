import type { Spec } from '../figures/figure.js';
import { coloured, type Theme, themeConfig, WIDTHS, type Width } from './theme.js';
import { makeView } from './view.js';

export interface RenderOptions {
  /** Default: column. */
  width?: Width;
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
  const { width, scale } = WIDTHS[options.width ?? 'column'];
  const theme = options.theme ?? 'light';
  const config = themeConfig(theme);
  const titled = options.title ? { ...spec, title: options.title } : spec;
  const { view, fitted } = await fit(coloured(titled as Spec, theme), width, config);
  const svg = await view.toSVG(scale);
  view.finalize();
  const schema = 'https://vega.github.io/schema/vega-lite/v6.json';
  return { svg, spec: { $schema: schema, ...fitted, config } as Spec };
}

/** Sets the plots' width so that the whole picture, with axes and legends, is `total` px wide. */
async function fit(spec: Spec, total: number, config: ReturnType<typeof themeConfig>) {
  const across = spec.usermeta?.across ?? 1;
  let width = Math.round(total * 0.75) / across;
  for (let tries = 0; ; tries++) {
    const fitted = withWidth(spec, Math.floor(width)) as Spec;
    const view = await makeView(fitted, config);
    const excess = sizeOf(view) - total;
    if (tries === 4 || (excess <= 0 && excess > -across)) return { view, fitted };
    view.finalize();
    width = Math.floor(width) - excess / across;
  }
}

/** The width of the whole picture in px, padding included. */
function sizeOf(view: Awaited<ReturnType<typeof makeView>>): number {
  const { x1, x2 } = (view.scenegraph() as unknown as { root: { bounds: { x1: number; x2: number } } }).root
    .bounds;
  return Math.ceil(x2) - Math.floor(x1);
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
