import type { TopLevelSpec } from 'vega-lite';
import { unbroken } from '../../common/unbroken.js';
import { MissingData, type Queryable } from '../../results/core/query.js';
import { clientRuns } from '../../results/derived/client-runs.js';

export { MissingData, type Queryable };

/** A Vega-Lite spec with its data inside and without width, fonts or colours: the theme gives those. */
export type Spec = TopLevelSpec & { usermeta?: { across?: number } };

/** What a caller may choose of a figure beyond the dataset. */
export interface FigureOptions {
  /** The run to show, for figures of single runs. Default: the figure chooses. */
  run?: string;
}

/** A picture of the answer to one question. */
export interface Figure<A = unknown> {
  /** Names its files. */
  name: string;
  /** Place on the index page, from small to large. */
  order: number;
  /** The file in `src/figures/` that it is in. Default: that of its name. */
  file?: string;
  /** For a slide or an index: no full stop. */
  title: string;
  /** What it answers, as a reader would ask. What the answer is stands in the captions, from the data. */
  question: string;
  /** The figure that answers the same of runs of the client, of a figure of 2022's benchmark. */
  ofClient?: string;
  /** Whether it shows a single run, which `FigureOptions.run` can name. Default: false. */
  ofRun?: boolean;
  /** Asks the dataset; throws `MissingData` with the reason where it cannot answer. */
  query(data: Queryable, options: FigureOptions): Promise<A>;
  /** Pure: the same answer gives the same spec. */
  spec(answer: A): Spec;
  /** What stands below the figure where there is little room: at most 60 words. Plain text. Default: the caption. */
  short?(answer: A): string;
  /** All that one may want to know of the figure, with numbers from the data. Plain text. */
  caption(answer: A): string;
  /** Tables that go with it, as the content of a file by its ending. Default: none. */
  tables?(answer: A): Record<string, string>;
}

/** A figure's words about an answer. */
export interface Captions {
  short: string;
  long: string;
}

/** Both captions, in which no line breaks between a number and its unit. */
export function captionsOf<A>({ short, caption }: Pick<Figure<A>, 'short' | 'caption'>, answer: A): Captions {
  const long = unbroken(caption(answer));
  return { short: short ? unbroken(short(answer)) : long, long };
}

/** Lets figures with different answers stand in one list, and names the client's where a dataset has its runs alone. */
export function figure<A>(definition: Figure<A>): Figure {
  const { ofClient, query } = definition;
  if (!ofClient) return definition as Figure;
  const asked: Figure<A> = {
    ...definition,
    query: async (data, options) => {
      try {
        return await query(data, options);
      } catch (error) {
        if (!(error instanceof MissingData) || (await clientRuns(data)).length === 0) throw error;
        throw new MissingData(`${error.message}; ${ofClient} shows the runs of the client`);
      }
    },
  };
  return asked as Figure;
}

/** One layer of a spec. */
export type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/** One plot of a spec that has several. */
export type Plot = Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'][number];
