import { UserError } from '../common/errors.js';
import {
  type Captions,
  captionsOf,
  type Figure,
  type FigureOptions,
  MissingData,
  type Queryable,
} from '../figures/parts/figure.js';
import type { RenderOptions } from './render.js';
import { type Threads, takeThreads } from './threads.js';

/** What a figure came to: its files' contents by name, and its captions; or why it was left out. */
export type Drawn =
  | { missing: string; captions?: undefined; files?: undefined }
  | { missing?: undefined; captions: Captions; files: Record<string, string | Uint8Array> };

export interface DrawOptions extends Omit<RenderOptions, 'title'>, FigureOptions {}

/** So many figures are drawn ahead of the one that is handed over: enough for every thread to have work. */
const AHEAD = 3;

/**
 * Asks the dataset and draws figures as SVG, PDF, PNG and resolved spec, in turn. The dataset is asked ahead, and figures
 * are drawn in threads of their own, so that none waits for another.
 */
export async function* drawFigures(
  open: () => Promise<Queryable>,
  figures: readonly Figure[],
  options: DrawOptions,
): AsyncGenerator<{ figure: Figure; drawn: Drawn }> {
  const threads = takeThreads();
  try {
    const asked = askInTurn(await open(), figures, options);
    const drawings: { figure: Figure; drawn: Promise<() => Drawn> }[] = [];
    for (const figure of figures) {
      drawings.push({ figure, drawn: settled(draw(figure, asked.get(figure)!, options, threads)) });
      await asked.get(figure);
      if (drawings.length > AHEAD) yield await first(drawings);
    }
    while (drawings.length > 0) yield await first(drawings);
  } finally {
    await Promise.all([threads.drawing.close(), threads.png.close()]);
  }
}

async function first(drawings: { figure: Figure; drawn: Promise<() => Drawn> }[]) {
  const { figure, drawn } = drawings.shift()!;
  return { figure, drawn: (await drawn)() };
}

/** One query after the other, so that the first answer is there first. */
function askInTurn(data: Queryable, figures: readonly Figure[], options: DrawOptions) {
  const asked = new Map<Figure, Promise<() => unknown>>();
  let before: Promise<unknown> = Promise.resolve();
  for (const figure of figures) {
    const answer = settled(before.then(() => figure.query(data, options)));
    asked.set(figure, answer);
    before = answer;
  }
  return asked;
}

async function draw(
  figure: Figure,
  asked: Promise<() => unknown>,
  { run, ...options }: DrawOptions,
  threads: Threads,
): Promise<Drawn> {
  try {
    const answer = (await asked)();
    const { width, theme, palette, fonts } = options;
    const heading = width === 'slide' ? figure.title : undefined;
    const drawn = await threads.drawing.ask({
      spec: figure.spec(answer),
      title: figure.title,
      options: { width, theme, palette, fonts, title: heading },
    });
    if (drawn.tooNarrow !== undefined) return { missing: drawn.tooNarrow };
    const { svg, pdf, ...spec } = drawn.files;
    const png = await threads.png.ask({ svg: drawn.unfitted, fonts });
    const files = { svg, pdf, png, ...spec, ...figure.tables?.(answer) };
    const name = fileName(figure, { run });
    return {
      captions: captionsOf(figure, answer),
      files: Object.fromEntries(
        Object.entries(files).map(([ending, content]) => [`${name}.${ending}`, content]),
      ),
    };
  } catch (error) {
    if (error instanceof MissingData) return { missing: error.message };
    if (error instanceof UserError) throw error;
    const what = error instanceof Error ? error.message : error;
    throw new Error(`the figure ${figure.name} could not be drawn: ${what}`, { cause: error });
  }
}

/** The result as a function that gives it or throws, so that a failure may wait until somebody asks. */
function settled<T>(promise: Promise<T>): Promise<() => T> {
  return promise.then(
    (value) => () => value,
    (error) => () => {
      throw error;
    },
  );
}

/** The name of a figure's files without ending: its own, and the run's where one was asked for. */
export function fileName(figure: Figure, { run }: FigureOptions): string {
  return run && figure.ofRun ? `${figure.name}-${run.replace(/[^\w.-]/g, '_')}` : figure.name;
}
