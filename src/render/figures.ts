import { join } from 'node:path';
import { UserError, unknownName } from '../common/errors.js';
import { writeFileWhole } from '../common/files.js';
import { type Figure, MissingData, type Queryable, type Wish } from '../figures/figure.js';
import { svgToPng } from './png.js';
import { type RenderOptions, renderSpec } from './render.js';

export interface FiguresOptions extends RenderOptions, Wish {
  out: string;
}

export interface Outcome {
  figure: Figure;
  /** The files' names; empty where the figure was left out. */
  files: string[];
  /** Why it was left out. */
  missing?: string;
}

/** The figures of these names, in their own order; all of them where no name is given. */
export function chooseFigures(all: readonly Figure[], names: readonly string[]): readonly Figure[] {
  for (const name of names)
    if (!all.some((one) => one.name === name))
      throw unknownName(
        'figure',
        name,
        all.map((one) => one.name),
      );
  return names.length === 0 ? all : all.filter((one) => names.includes(one.name));
}

/** Renders each figure that the dataset has the data for into `out`, and says what became of each. */
export async function renderFigures(
  data: Queryable,
  chosen: readonly Figure[],
  options: FiguresOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const figure of chosen) outcomes.push(await renderFigure(data, figure, options));
  if (outcomes.every((one) => one.missing !== undefined)) {
    const reasons = outcomes.map((one) => `  ${one.figure.name}: ${one.missing}`);
    throw new UserError(`no figure could be rendered from this dataset:\n${reasons.join('\n')}`);
  }
  return outcomes;
}

async function renderFigure(data: Queryable, figure: Figure, options: FiguresOptions): Promise<Outcome> {
  try {
    const answer = await figure.question(data, options);
    const { svg } = await renderSpec(figure.spec(answer), options);
    const contents = { svg, png: await svgToPng(svg) };
    const files = Object.entries(contents).map(
      ([ending, content]) => [`${figure.name}.${ending}`, content] as const,
    );
    for (const [name, content] of files) await writeFileWhole(join(options.out, name), content);
    return { figure, files: files.map(([name]) => name) };
  } catch (error) {
    if (error instanceof MissingData) return { figure, files: [], missing: error.message };
    throw new Error(`figure ${figure.name}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
