import { UserError } from '../common/errors.js';

/**
 * Version of the layout of datasets. It grows when a file, a column or the meaning of a value changes so that an older
 * reader would be wrong; older datasets are read as `format-<version>.ts` says. A column that may be missing needs no
 * new version.
 */
export const FORMAT = 2;

/** Refuses a format that is newer than this reader. `place` is what the error calls the file. */
export function requireKnownFormat(format: number, place: string): void {
  if (format >= 1 && format <= FORMAT) return;
  throw new UserError(
    `${place} has format ${format}, and this version of dqlite-reliability reads formats 1 to ${FORMAT}: install a newer one`,
  );
}
