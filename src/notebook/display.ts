import { createRequire } from 'node:module';
import { UserError } from '../common/errors.js';

/** The same thing in several formats, by MIME type; the front end shows the one that it likes best. */
export type Bundle = Record<string, unknown>;

interface Message {
  data: Bundle;
  metadata: object;
  transient: object;
}

/** tslab's own module: what it displays goes through this, so that one output can hold several formats. */
export interface TslabJupyter {
  lastWriteDisplayData: ((message: Message, update: boolean) => void) | null;
}

export const tslabJupyter: TslabJupyter = createRequire(import.meta.url)('tslab/dist/jupyter.js');

/** Puts an output below a cell. */
export type Output = (data: Bundle) => void;

/** The place below the cell that runs now. Throws a UserError outside of a notebook. */
export function output(): Output {
  const write = tslabJupyter.lastWriteDisplayData;
  if (!write)
    throw new UserError('nowhere to show it: this works in the cells of a notebook (npm run jupyter)');
  return (data) => write({ data, metadata: {}, transient: {} }, false);
}
