import { fittedHeight } from './page.js';

/** Of a row's height, what the space between rows takes where rows have others within them; Vega-Lite's. */
const BETWEEN = 0.2;

/** In px: less has no room for a number beside it. */
export const LEAST_SUBROW = 10;

/** What stands below each other within each row of a plot, from above; nothing where rows are whole. */
export type Subrows = readonly string[];

/** The height of a plot, as its step, where rows are as high as a page has room for, within these bounds in px. */
export function stepOf(
  rows: number,
  subrows: Subrows,
  { around, least, most }: { around: number; least: number; most: number },
): { step: number } {
  const height = fittedHeight(rows, { around, least, most });
  return { step: subrows.length === 0 ? height : (height * (1 - BETWEEN)) / subrows.length };
}

/** The place within a row, for marks that have one. */
export function subrowOffset(field: string, subrows: Subrows): object {
  return subrows.length === 0 ? {} : { yOffset: { field, type: 'nominal', scale: { domain: [...subrows] } } };
}

/** Says which is which, as the title of a legend, in two lines so that it is no wider than that. */
export function subrowTitle(subrows: Subrows): string[] | null {
  return subrows.length === 0 ? null : ['In each row, from above:', subrows.join(', ')];
}
