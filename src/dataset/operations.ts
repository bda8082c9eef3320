import { ERROR_CLASSES, type Op, OUTCOMES } from '../vocabulary/outcomes.js';
import { bitWidth, deltaEncode, deltaProgression, rleConstant, rleEncode } from './parquet/encode.js';
import { type Chunk, ENCODING, type Page, ParquetFile } from './parquet/file.js';
import { TABLES } from './schema.js';

/** The most rows in a block, and about as many as a row group may have. */
export const BLOCK_ROWS = 65_536;
const GROUP_ROWS = 524_288;

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
  readonly starts: Uint8Array;
  readonly startRange: readonly [bigint, bigint];
  readonly latencies: Uint8Array | null;
  readonly latencyRange: readonly [bigint, bigint] | null;
  readonly errors: OperationErrors | null;
}

/** Encodes a block's numbers, the part of the work that any thread can do. */
export function encodeOperations(block: Operations): EncodedOperations {
  const { rows, base, starts, startRange, latencies, latencyRange, errors } = block;
  return {
    rows,
    starts: deltaEncode(starts, rows, base),
    startRange: [base + BigInt(startRange[0]), base + BigInt(startRange[1])],
    latencies: latencies && deltaEncode(latencies, rows),
    latencyRange: latencies && [BigInt(latencyRange[0]), BigInt(latencyRange[1])],
    errors,
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
    const chunks: Record<(typeof TABLES.operations.columns)[number]['name'], Chunk> = {
      run_id: this.constant(this.run),
      worker: this.workers(),
      op: this.constant(this.op),
      seq: this.sequences(),
      start_ns: this.numbers('starts', 'startRange'),
      latency_ns: this.numbers('latencies', 'latencyRange'),
      outcome: this.outcomes(),
      error: this.errors(),
      error_class: this.errorClasses(),
    };
    this.file.addRowGroup(
      this.groupRows,
      TABLES.operations.columns.map((column) => chunks[column.name]),
    );
    this.group = [];
    this.groupRows = 0;
  }

  private constant(value: string): Chunk {
    const page = indexPage(this.groupRows, 1, rleConstant(0, this.groupRows, 1));
    return { dictionary: [value], pages: [page], range: [value, value] };
  }

  private workers(): Chunk {
    const workers = this.group.map(({ worker }) => BigInt(worker));
    const pages = this.group.map(({ rows, worker }) => numberPage(rows, deltaProgression(worker, 0, rows)));
    return { pages, range: [workers[0]!, workers.at(-1)!] };
  }

  private sequences(): Chunk {
    const pages = this.group.map(({ rows, firstSeq }) =>
      numberPage(rows, deltaProgression(firstSeq, 1, rows)),
    );
    const firsts = this.group.map(({ firstSeq }) => firstSeq);
    const lasts = this.group.map(({ rows, firstSeq }) => firstSeq + rows - 1);
    return { pages, range: [BigInt(Math.min(...firsts)), BigInt(Math.max(...lasts))] };
  }

  private numbers(values: 'starts' | 'latencies', ranges: 'startRange' | 'latencyRange'): Chunk {
    const pages = this.group.map((block) => {
      const body = block[values];
      return body ? numberPage(block.rows, body) : absentPage(block.rows);
    });
    let whole: [bigint, bigint] | undefined;
    for (const block of this.group) {
      const range = block[ranges];
      if (!range) continue;
      whole = [
        whole && whole[0] < range[0] ? whole[0] : range[0],
        whole && whole[1] > range[1] ? whole[1] : range[1],
      ];
    }
    return { pages, range: whole };
  }

  private outcomes(): Chunk {
    const width = bitWidth(OUTCOMES.length - 1);
    const pages = this.group.map(({ rows, errors }) =>
      indexPage(rows, width, errors ? rleEncode(errors.outcome, width) : rleConstant(0, rows, width)),
    );
    return { dictionary: OUTCOMES, pages };
  }

  private errorClasses(): Chunk {
    const width = bitWidth(ERROR_CLASSES.length - 1);
    const pages = this.group.map(({ rows, errors }) =>
      errors ? indexPage(rows, width, rleEncode(errors.errorClass, width)) : absentPage(rows),
    );
    return { dictionary: ERROR_CLASSES, pages };
  }

  private errors(): Chunk {
    const places = new Map<string, number>();
    for (const { errors } of this.group) {
      for (const message of errors?.messages ?? []) {
        if (!places.has(message)) places.set(message, places.size);
      }
    }
    const width = Math.max(1, bitWidth(places.size - 1));
    const pages = this.group.map(({ rows, errors }) => {
      if (!errors) return absentPage(rows);
      const local = errors.messages.map((message) => places.get(message)!);
      return indexPage(
        rows,
        width,
        rleEncode(
          errors.message.map((i) => local[i]!),
          width,
        ),
      );
    });
    return places.size > 0 ? { dictionary: [...places.keys()], pages } : { pages };
  }
}

function numberPage(rows: number, body: Uint8Array): Page {
  return { rows, encoding: ENCODING.DELTA_BINARY_PACKED, present: true, body };
}

function indexPage(rows: number, width: number, indexes: Uint8Array): Page {
  const body = new Uint8Array(1 + indexes.length);
  body[0] = width;
  body.set(indexes, 1);
  return { rows, encoding: ENCODING.RLE_DICTIONARY, present: true, body };
}

function absentPage(rows: number): Page {
  return { rows, encoding: ENCODING.PLAIN, present: false, body: new Uint8Array(0) };
}
