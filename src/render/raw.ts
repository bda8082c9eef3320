import type { Spec } from '../figures/parts/figure.js';
import { type Rendered, type RenderOptions, renderSpec } from './render.js';
import { coloured, themeConfig } from './theme.js';
import { compileView } from './view.js';

export type { RenderOptions };

/** Draws a spec that somebody else wrote: as wide as it says; one plot that says nothing, as wide as a page. */
export async function renderRaw(
  spec: Spec,
  options: RenderOptions = {},
): Promise<Pick<Rendered, 'svg' | 'spec'>> {
  const isOne = 'mark' in spec || 'layer' in spec;
  if (isOne && !('width' in spec)) return renderSpec(spec, { width: 'full', ...options });
  const theme = options.theme ?? 'light';
  const [drawn, config] = [coloured(spec, theme), themeConfig(theme)];
  const { resetSVGDefIds } = await import('../common/bundled/vega.js');
  const { view } = await compileView(drawn, config);
  try {
    resetSVGDefIds();
    return { svg: await view.toSVG(), spec: { ...drawn, config: { ...config, ...drawn.config } } as Spec };
  } finally {
    view.finalize();
  }
}
