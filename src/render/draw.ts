import { type Figure, MissingData, type Queryable, type Wish } from '../figures/figure.js';
import { svgToPdf } from './pdf.js';
import { svgToPng } from './png.js';
import { type RenderOptions, renderSpec } from './render.js';

/** What a figure came to: its files' contents by name, and its caption; or why it was left out. */
export type Drawn =
  | { missing: string; caption?: undefined; files?: undefined }
  | { missing?: undefined; caption: string; files: Record<string, string | Uint8Array> };

export interface DrawOptions extends Omit<RenderOptions, 'title'>, Wish {}

/** Asks the dataset and draws a figure as SVG, PDF, PNG and resolved spec. */
export async function drawFigure(data: Queryable, figure: Figure, options: DrawOptions): Promise<Drawn> {
  try {
    const answer = await figure.question(data, options);
    const title = options.width === 'slide' ? figure.title : undefined;
    const { svg, spec } = await renderSpec(figure.spec(answer), { ...options, title });
    const [pdf, png] = await Promise.all([svgToPdf(svg, figure.title), svgToPng(svg)]);
    const name = fileName(figure, options);
    const files = {
      svg,
      pdf,
      png,
      'vl.json': `${JSON.stringify(spec, null, 1)}\n`,
      ...figure.tables?.(answer),
    };
    return {
      caption: figure.caption(answer),
      files: Object.fromEntries(
        Object.entries(files).map(([ending, content]) => [`${name}.${ending}`, content]),
      ),
    };
  } catch (error) {
    if (error instanceof MissingData) return { missing: error.message };
    const what = error instanceof Error ? error.message : error;
    throw new Error(`the figure ${figure.name} could not be drawn: ${what}`, { cause: error });
  }
}

/** The name of a figure's files without ending: its own, and the run's where one was asked for. */
export function fileName(figure: Figure, { run }: Wish): string {
  return run && figure.ofRun ? `${figure.name}-${run.replace(/[^\w.-]/g, '_')}` : figure.name;
}
