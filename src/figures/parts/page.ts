import { MissingData } from '../../results/core/query.js';

/** What a page can hold, in rows or plots; of more nobody could read any. */
const MOST_ROWS = 100;

/** Hands an answer on that fits a page. @throws MissingData where it has more rows or plots than that */
export function onAPage<T>(answer: readonly T[], rowOf: (one: T) => unknown): T[] {
  const rows = new Set(answer.map(rowOf)).size;
  if (rows <= MOST_ROWS) return [...answer];
  throw new MissingData(
    `${rows} configurations are more than the ${MOST_ROWS} that a page can hold: choose some with \`npm run dataset -- subset DIR --scenario NAMES --out DIR\``,
  );
}

/**
 * Px that a figure may be high, where it is as wide as a column: the page of US letter that LaTeX gives an article in two columns
 * (550 pt by 229.5 pt a column) then has room for the picture and a caption of 60 words.
 */
const COLUMN_HEIGHT = 650;

/** The height in px of each row or plot of so many, so that their figure fits a column of a page, within these bounds. */
export function fittedHeight(
  count: number,
  { around, between = 0, least, most }: { around: number; between?: number; least: number; most: number },
): number {
  const room = Math.floor((COLUMN_HEIGHT - around) / count - between);
  return Math.max(least, Math.min(most, room));
}
