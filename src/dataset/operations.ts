import {
  anyWordColumn,
  constantColumn,
  numberColumn,
  progressionColumn,
  wordColumn,
} from '../parquet/columns.js';
import { deltaEncode } from '../parquet/encode.js';
import { type Chunk, ParquetFile } from '../parquet/file.js';
import { ERROR_CLASSES, type Op, OUTCOMES } from '../vocabulary/outcomes.js';
import { TABLES } from './schema.js';

/** The most rows in a block, and about as many as a row group may have. */
export const BLOCK_ROWS = 65_536;
const GROUP_ROWS = 524_288;
const OK = OUTCOMES.indexOf('ok');

/** Consecutive operations of one worker and op that all succeeded or all did not. */
export interface Operations {
  readonly rows: number;
  /** Unix time in ns that `starts` are counted from. */
  readonly base: bigint;
  /** ns after `base`. */
  readonly starts: Float64Array;
  /** ns; null where the operations did not succeed. */
  readonly latencies: Float64Array | null;
  /** The least and the greatest of `starts`, and of `latencies`. */
  readonly startRange: readonly [number, number];
  readonly latencyRange: readonly [number, number];
  readonly errors: OperationErrors | null;
}

export interface OperationErrors {
  /** The distinct messages. */
  readonly messages: readonly string[];
  /** For each row its message, its outcome in OUTCOMES and its class in ERROR_CLASSES. */
  readonly message: Uint32Array;
  readonly outcome: Uint8Array;
  readonly errorClass: Uint8Array;
}

/** Operations whose numbers are encoded: what a thread hands to the one that writes. */
export interface EncodedOperations {
  readonly rows: number;
  readonly starts: EncodedNumbers;
  readonly latencies: EncodedNumbers | null;
  readonly errors: OperationErrors | null;
}

/** ns, and the least and the greatest of them. */
export interface EncodedNumbers {
  readonly body: Uint8Array;
  readonly range: readonly [bigint, bigint];
}

/** Encodes a block's numbers, the part of the work that any thread can do. */
export function encodeOperations(block: Operations): EncodedOperations {
  const { rows, base, starts, startRange, latencies, latencyRange, errors } = block;
  return {
    rows,
    starts: encodeNumbers(starts, rows, startRange, base),
    latencies: latencies && encodeNumbers(latencies, rows, latencyRange, 0n),
    errors,
  };
}

function encodeNumbers(
  values: Float64Array,
  rows: number,
  [least, greatest]: readonly [number, number],
  base: bigint,
): EncodedNumbers {
  return {
    body: deltaEncode(values, rows, base),
    range: [base + BigInt(least), base + BigInt(greatest)],
  };
}

interface Placed extends EncodedOperations {
  readonly worker: number;
  readonly firstSeq: number;
}

/** Writes operations.parquet from blocks that come in the table's order. A row group is of one run and op. */
export class OperationsWriter {
  private readonly file: ParquetFile;
  private group: Placed[] = [];
  private groupRows = 0;
  private run = '';
  private op: Op = 'exec';

  constructor(path: string) {
    this.file = new ParquetFile(
      path,
      TABLES.operations.columns.map((column) => ({
        name: column.name,
        type: column.type === 'VARCHAR' ? 'BYTE_ARRAY' : column.type === 'INTEGER' ? 'INT32' : 'INT64',
        optional: 'optional' in column,
      })),
      'dqlite-reliability',
    );
  }

  /** Adds a block that follows, in the order of the table, all that were added before. */
  add(run: string, op: Op, worker: number, firstSeq: number, block: EncodedOperations): void {
    if (block.rows === 0) return;
    if (run !== this.run || op !== this.op || this.groupRows + block.rows > GROUP_ROWS) this.flush();
    this.run = run;
    this.op = op;
    this.group.push({ ...block, worker, firstSeq });
    this.groupRows += block.rows;
  }

  /** Completes the file. */
  end(): void {
    this.flush();
    this.file.end();
  }

  /** Closes the file as it is: it is not valid then. */
  abandon(): void {
    this.file.close();
  }

  private flush(): void {
    if (this.groupRows === 0) return;
    const { group, groupRows: rows } = this;
    const chunks: Record<(typeof TABLES.operations.columns)[number]['name'], Chunk> = {
      run_id: constantColumn(rows, this.run),
      worker: progressionColumn(group.map(({ rows, worker }) => ({ rows, first: worker, step: 0 }))),
      op: constantColumn(rows, this.op),
      seq: progressionColumn(group.map(({ rows, firstSeq }) => ({ rows, first: firstSeq, step: 1 }))),
      start_ns: numberColumn(group.map(({ rows, starts }) => ({ rows, ...starts }))),
      latency_ns: numberColumn(
        group.map(({ rows, latencies }) => (latencies ? { rows, ...latencies } : { rows, body: null })),
      ),
      outcome: wordColumn(
        group.map(({ rows, errors }) => ({ rows, places: errors?.outcome ?? OK })),
        OUTCOMES,
      ),
      error: anyWordColumn(
        group.map(({ rows, errors }) =>
          errors ? { rows, places: errors.message, words: errors.messages } : { rows, places: null },
        ),
      ),
      error_class: wordColumn(
        group.map(({ rows, errors }) => ({ rows, places: errors?.errorClass ?? null })),
        ERROR_CLASSES,
      ),
    };
    this.file.addRowGroup(
      rows,
      TABLES.operations.columns.map((column) => chunks[column.name]),
    );
    this.group = [];
    this.groupRows = 0;
  }
}
