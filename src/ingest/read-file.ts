import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { UserError } from '../common/errors.js';
import {
  type EncodedOperations,
  ERROR_CLASSES,
  encodeOperations,
  type OperationErrors,
} from '../dataset/operations.js';
import { OUTCOMES } from '../dataset/schema.js';
import { classify, outcomeOf } from './classify.js';
import { lastStart } from './last-start.js';
import { type ParsedBlock, type ParsedFile, ResultsParser } from './results-file.js';

const READ_BYTES = 1 << 20;
// a little more than is read at once: the parser looks ahead a line's length
const buffer = new Uint8Array(READ_BYTES + 64);

export interface FileToRead {
  path: string;
  /** The worker's files, this one among them. */
  siblings: string[];
}

export interface ReadFile extends ParsedFile {
  bytes: number;
  sha256: string;
}

/** Reads one results file, handing over its operations in order, encoded, with their outcomes. */
export function readResultsFile(file: FileToRead, emit: (block: EncodedOperations) => void): ReadFile {
  const ends = file.siblings.map(lastStart);
  const lastOfWorker = ends.reduce((a, b) => (a === null || b === null ? null : a > b ? a : b), 0n);
  const parser = new ResultsParser(file.path, (block) =>
    emit(encodeOperations({ ...block, errors: block.messages && classifyErrors(block, lastOfWorker) })),
  );
  const hash = createHash('sha256');
  const handle = openSync(file.path, 'r');
  let bytes = 0;
  let held = 0;
  try {
    for (;;) {
      const read = readSync(handle, buffer, held, READ_BYTES - held, null);
      if (read === 0) break;
      hash.update(buffer.subarray(held, held + read));
      bytes += read;
      const filled = held + read;
      const used = parser.push(buffer, filled);
      if (used === 0 && filled === READ_BYTES) {
        throw new UserError(`${file.path}: a line of more than ${READ_BYTES} bytes: this is no results file`);
      }
      buffer.copyWithin(0, used, filled);
      held = filled - used;
    }
  } finally {
    closeSync(handle);
  }
  return { ...parser.end(held), bytes, sha256: hash.digest('hex') };
}

function classifyErrors(block: ParsedBlock, lastOfWorker: bigint | null): OperationErrors {
  const places = new Map<string, number>();
  const classes: number[] = [];
  const message = new Uint32Array(block.rows);
  const outcome = new Uint8Array(block.rows);
  const errorClass = new Uint8Array(block.rows);
  const lastOffset = lastOfWorker === null ? Number.NaN : Number(lastOfWorker - block.base);
  for (let i = 0; i < block.rows; i++) {
    const words = block.messages![i]!;
    let place = places.get(words);
    if (place === undefined) {
      place = places.size;
      places.set(words, place);
      classes.push(ERROR_CLASSES.indexOf(classify(words)));
    }
    message[i] = place;
    errorClass[i] = classes[place]!;
    const isLast = block.starts[i] === lastOffset;
    outcome[i] = OUTCOMES.indexOf(outcomeOf(ERROR_CLASSES[classes[place]!]!, isLast));
  }
  return { messages: [...places.keys()], message, outcome, errorClass };
}
