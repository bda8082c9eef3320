import { bitWidth, deltaProgression, rleConstant, rleEncode } from './encode.js';
import { type Chunk, ENCODING, type Page } from './file.js';

/** Columns of a row group, put together from parts: rows that follow each other and are encoded alike. */

/** Numbers that were encoded before, as DELTA_BINARY_PACKED, with the least and the greatest of them; or missing. */
export type NumberPart = { readonly rows: number } & (
  | { readonly body: Uint8Array; readonly range: readonly [bigint, bigint] }
  | { readonly body: null }
);

/** `first`, `first + step`, …; neither is negative. */
export interface ProgressionPart {
  readonly rows: number;
  readonly first: number;
  readonly step: number;
}

/** Words, each by its place in a dictionary: one place for all rows, one for each row, or null where all are missing. */
export interface WordPart {
  readonly rows: number;
  readonly places: number | ArrayLike<number> | null;
}

/** Words by their place in a dictionary of the part's own. */
export type OwnWordPart =
  | { readonly rows: number; readonly places: null }
  | { readonly rows: number; readonly places: ArrayLike<number>; readonly words: readonly string[] };

export function numberColumn(parts: readonly NumberPart[]): Chunk {
  const pages = parts.map(({ rows, body }) => (body ? numberPage(rows, body) : absentPage(rows)));
  const ranges = parts.flatMap((part) => (part.body ? [part.range] : []));
  return ranges.length > 0 ? { pages, range: span(ranges) } : { pages };
}

export function progressionColumn(parts: readonly ProgressionPart[]): Chunk {
  const pages = parts.map(({ rows, first, step }) => numberPage(rows, deltaProgression(first, step, rows)));
  const ranges = parts.map(({ rows, first, step }): readonly [bigint, bigint] => [
    BigInt(first),
    BigInt(first + step * (rows - 1)),
  ]);
  return { pages, range: span(ranges) };
}

/** The same word in all rows. */
export function constantColumn(rows: number, word: string): Chunk {
  return {
    dictionary: [word],
    pages: [wordPage(rows, 1, rleConstant(0, rows, 1))],
    range: [word, word],
  };
}

/** Words of a dictionary that all row groups share. */
export function wordColumn(parts: readonly WordPart[], dictionary: readonly string[]): Chunk {
  const width = bitWidth(Math.max(1, dictionary.length - 1));
  const pages = parts.map(({ rows, places }) => {
    if (places === null) return absentPage(rows);
    const constant = typeof places === 'number';
    return wordPage(rows, width, constant ? rleConstant(places, rows, width) : rleEncode(places, width));
  });
  return dictionary.length > 0 ? { dictionary, pages } : { pages };
}

/** Words of any number: the dictionaries of the parts are made one. */
export function anyWordColumn(parts: readonly OwnWordPart[]): Chunk {
  const shared = new Map<string, number>();
  const replaced = parts.map((part): WordPart => {
    if (part.places === null) return part;
    const own = part.words.map((word) => {
      const place = shared.get(word) ?? shared.size;
      shared.set(word, place);
      return place;
    });
    return { rows: part.rows, places: Uint32Array.from(part.places, (place) => own[place]!) };
  });
  return wordColumn(replaced, [...shared.keys()]);
}

function numberPage(rows: number, body: Uint8Array): Page {
  return { rows, encoding: ENCODING.DELTA_BINARY_PACKED, present: true, body };
}

function wordPage(rows: number, width: number, places: Uint8Array): Page {
  const body = new Uint8Array(1 + places.length);
  body[0] = width;
  body.set(places, 1);
  return { rows, encoding: ENCODING.RLE_DICTIONARY, present: true, body };
}

function absentPage(rows: number): Page {
  return { rows, encoding: ENCODING.PLAIN, present: false, body: new Uint8Array(0) };
}

/** From the least to the greatest of some ranges. */
function span(ranges: readonly (readonly [bigint, bigint])[]): [bigint, bigint] {
  const [first, ...others] = ranges;
  let [least, greatest] = first!;
  for (const [from, to] of others) {
    if (from < least) least = from;
    if (to > greatest) greatest = to;
  }
  return [least, greatest];
}
