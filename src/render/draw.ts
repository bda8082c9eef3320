import { UserError } from '../common/errors.js';
import {
  type Captions,
  captionsOf,
  type Figure,
  type FigureOptions,
  MissingData,
  type Queryable,
} from '../figures/parts/figure.js';
import { PrintThread } from './print-thread.js';
import { type RenderOptions, renderSpec, TooNarrow } from './render.js';
import { sizeOf } from './svg.js';
import { loadVega } from './view.js';

/** What a figure came to: its files' contents by name, its captions, and what is to be known of it; or why it was left out. */
export type Drawn =
  | { missing: string; captions?: undefined; files?: undefined; note?: undefined }
  | { missing?: undefined; captions: Captions; files: Record<string, string | Uint8Array>; note?: string };

export interface DrawOptions extends Omit<RenderOptions, 'title'>, FigureOptions {}

/**
 * Asks the dataset and draws figures as SVG, PDF, PNG and resolved spec, in turn. The dataset is asked ahead and what
 * readers get of a drawing is made in a thread of its own, so that neither waits for the other.
 */
export async function* drawFigures(
  open: () => Promise<Queryable>,
  figures: readonly Figure[],
  options: DrawOptions,
): AsyncGenerator<{ figure: Figure; drawn: Drawn }> {
  const prints = new PrintThread(options.fonts);
  try {
    prints.start();
    const opening = settled(open());
    const loaded = settled(loadVega(options.fonts));
    const data = (await opening)();
    const asked = askInTurn(data, figures, options);
    (await loaded)();
    const drawings: Promise<() => Drawn>[] = [];
    for (const [i, figure] of figures.entries()) {
      drawings.push(settled(draw(figure, asked.get(figure)!, options, prints)));
      // one figure ahead of the one that is handed over: enough for both threads to have work
      await asked.get(figure);
      if (i > 0) yield { figure: figures[i - 1]!, drawn: (await drawings[i - 1]!)() };
    }
    const last = figures.length - 1;
    if (last >= 0) yield { figure: figures[last]!, drawn: (await drawings[last]!)() };
  } finally {
    await prints.close();
  }
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
  options: DrawOptions,
  prints: PrintThread,
): Promise<Drawn> {
  try {
    const answer = (await asked)();
    const title = options.width === 'slide' ? figure.title : undefined;
    const { svg, spec, pdf } = await renderSpec(figure.spec(answer), { ...options, title });
    // first what goes on beside this thread
    const [print, paper] = await Promise.all([prints.print(svg), pdf(figure.title)]);
    const name = fileName(figure, options);
    const files = {
      svg: print.svg,
      pdf: paper,
      png: print.png,
      'vl.json': `${JSON.stringify(spec, null, 1)}\n`,
      ...figure.tables?.(answer),
    };
    return {
      ...noteOn(sizeOf(svg), options),
      captions: captionsOf(figure, answer),
      files: Object.fromEntries(
        Object.entries(files).map(([ending, content]) => [`${name}.${ending}`, content]),
      ),
    };
  } catch (error) {
    if (error instanceof MissingData || error instanceof TooNarrow) return { missing: error.message };
    if (error instanceof UserError) throw error;
    const what = error instanceof Error ? error.message : error;
    throw new Error(`the figure ${figure.name} could not be drawn: ${what}`, { cause: error });
  }
}

/** Px that a page of two columns has for a figure in one of them, beside a caption of two lines. */
const MOST_HEIGHT = 720;

/** A figure that is higher than a column is drawn all the same: not every picture is for one. */
function noteOn([, height]: readonly [number, number], { width = 'column' }: DrawOptions): { note?: string } {
  if (width !== 'column' || height <= MOST_HEIGHT) return {};
  return {
    note: `${Math.round(height)} px high, more than a column has room for (${MOST_HEIGHT}): try --width full, or fewer rows with \`npm run dataset -- subset\``,
  };
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
