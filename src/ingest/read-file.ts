import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { UserError } from '../common/errors.js';
import { type EncodedOperations, encodeOperations, type OperationErrors } from '../dataset/operations.js';
import { ERROR_CLASSES, type ErrorClass, OUTCOMES } from '../vocabulary/outcomes.js';
import { classify, outcomeOf } from './classify.js';
import { lastStart } from './last-start.js';
import { type ParsedFile, ResultsParser } from './results-file.js';
import type { ParsedBlock } from './rows.js';

/** Small enough that what was read is still in the processor's cache when it is hashed and parsed. */
const READ_BYTES = 1 << 18;
/** No error that the benchmark prints is anywhere near as long. */
const LONGEST_LINE = 1 << 20;
// a little more than is read at once: the parser looks ahead a line's length
const buffer = new Uint8Array(LONGEST_LINE + READ_BYTES + 64);

export interface FileToRead {
  path: string;
  /** The worker's files, this one among them. */
  siblings: string[];
}

export interface ReadFile extends ParsedFile {
  bytes: number;
  sha256: string;
}

/**
 * Reads one results file, a piece at each step, handing over its operations in order, encoded, with their outcomes.
 * In a thread, one file is read at a time.
 */
export function* readResultsFile(
  file: FileToRead,
  emit: (block: EncodedOperations) => void,
): Generator<undefined, ReadFile> {
  const outcomes = new Outcomes(file);
  const parser = new ResultsParser(file.path, (block) =>
    emit(encodeOperations({ ...block, errors: outcomes.of(block) })),
  );
  const hash = createHash('sha256');
  const handle = openSync(file.path, 'r');
  let bytes = 0;
  let held = 0;
  try {
    for (;;) {
      const read = readSync(handle, buffer, held, READ_BYTES, null);
      if (read === 0) break;
      hash.update(buffer.subarray(held, held + read));
      bytes += read;
      const filled = held + read;
      const used = parser.push(buffer, filled);
      held = filled - used;
      if (held > LONGEST_LINE) {
        throw new UserError(
          `${file.path}: a line of more than ${LONGEST_LINE} bytes: this is no results file`,
        );
      }
      buffer.copyWithin(0, used, filled);
      yield;
    }
  } finally {
    closeSync(handle);
  }
  return { ...parser.end(held), bytes, sha256: hash.digest('hex') };
}

/** Says what became of the operations of a file that ended in errors. */
class Outcomes {
  private last: bigint | null | undefined;

  constructor(private readonly file: FileToRead) {}

  of({ rows, base, starts, errors }: ParsedBlock): OperationErrors | null {
    if (!errors) return null;
    const classes = errors.messages.map(classify);
    const places = (of: (name: ErrorClass) => number): Uint8Array => {
      const place = classes.map(of);
      const all = new Uint8Array(rows);
      for (let i = 0; i < rows; i++) all[i] = place[message[i]!]!;
      return all;
    };
    const message = errors.message.slice(0, rows);
    const outcome = places((name) => OUTCOMES.indexOf(outcomeOf(name, false)));
    if (classes.some((name) => outcomeOf(name, true) !== outcomeOf(name, false))) {
      const last = this.lastOfWorker();
      const offset = last === null ? Number.NaN : Number(last - base);
      const censored = places((name) => OUTCOMES.indexOf(outcomeOf(name, true)));
      for (let i = 0; i < rows; i++) if (starts[i] === offset) outcome[i] = censored[i]!;
    }
    const errorClass = places((name) => ERROR_CLASSES.indexOf(name));
    return { messages: errors.messages, message, outcome, errorClass };
  }

  /** When the worker's last operation was started, of either kind; null where a file of it is cut off. */
  private lastOfWorker(): bigint | null {
    if (this.last === undefined) {
      const ends = this.file.siblings.map(lastStart);
      this.last = ends.reduce((a, b) => (a === null || b === null ? null : a > b ? a : b), 0n);
    }
    return this.last;
  }
}
