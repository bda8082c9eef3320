import {
  captionsOf,
  type Figure,
  type FigureOptions,
  MissingData,
  type Queryable,
  type Spec,
} from '../figures/parts/figure.js';
import { type RenderOptions, renderSpec } from '../render/render.js';

/** A figure that was drawn from a dataset, or the reason why it could not be. */
export type Drawing = Drawn | Missing;

export interface Drawn {
  readonly name: string;
  readonly title: string;
  /** What the figure is there to show. */
  readonly question?: string;
  /** What the data says, with its numbers. Plain text. */
  readonly caption?: string;
  readonly svg: string;
  /** Vega-Lite, with its data. */
  readonly spec: Spec;
}

export interface Missing {
  readonly name: string;
  readonly title: string;
  /** What the dataset lacks, as half a sentence. */
  readonly missing: string;
}

export interface DrawingOptions extends RenderOptions, FigureOptions {}

/** Asks the dataset and draws. Wide as a page unless told otherwise. */
export async function drawing(
  data: Queryable,
  figure: Figure,
  options: DrawingOptions = {},
): Promise<Drawing> {
  const { name, title, question } = figure;
  try {
    const answer = await figure.query(data, options);
    const drawn = await renderSpec(figure.spec(answer), { width: 'full', ...options });
    return { name, title, question, caption: captionsOf(figure, answer).long, ...drawn };
  } catch (error) {
    if (error instanceof MissingData) return { name, title, missing: error.message };
    throw error;
  }
}
