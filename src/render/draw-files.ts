import type { Spec } from '../figures/parts/figure.js';
import { fitted } from './fitted.js';
import { type RenderOptions, renderSpec, TooNarrow } from './render.js';

/** A figure's spec, and how to draw it. */
export interface Drawing {
  spec: Spec;
  /** The figure's, which its PDF tells. */
  title: string;
  options: RenderOptions;
}

/** What a spec came to: files by their endings, and the SVG that a PNG is made from; or that it needs more room. */
export type DrawnFiles =
  | { tooNarrow: string }
  | {
      tooNarrow?: undefined;
      unfitted: string;
      files: Record<'svg' | 'pdf' | 'vl.json', string | Uint8Array>;
    };

/** Draws a spec in every format but PNG. */
export async function drawFiles({ spec, title, options }: Drawing): Promise<DrawnFiles> {
  try {
    const { svg, pdf, spec: resolved } = await renderSpec(spec, options);
    const files = {
      svg: await fitted(svg, options.fonts),
      pdf: await pdf(title),
      'vl.json': `${JSON.stringify(resolved, null, 1)}\n`,
    };
    return { unfitted: svg, files };
  } catch (error) {
    if (error instanceof TooNarrow) return { tooNarrow: error.message };
    throw error;
  }
}
