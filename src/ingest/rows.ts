import { BLOCK_ROWS } from '../dataset/operations.js';
import { LIMIT } from '../parquet/encode.js';
import { refuse } from './line.js';

/** Consecutive operations of a results file, as numbers: those measured, or those that are errors. */
export interface ParsedBlock {
  rows: number;
  /** Unix time in ns that `starts` are counted from. */
  base: bigint;
  /** ns after `base`. */
  starts: Float64Array;
  /** ns; null for errors. */
  latencies: Float64Array | null;
  /** Null for what was measured. */
  errors: {
    /** The distinct messages. */ messages: string[] /** Of each row. */;
    message: Uint32Array;
  } | null;
  /** The least and the greatest of `starts`, and of `latencies`. */
  startRange: readonly [number, number];
  latencyRange: readonly [number, number];
}

/** Where a start lies before that of the operation above: the clock was set back. */
export interface ClockSteps {
  count: number;
  /** ns of the largest step. */
  most: number;
  /** The line of the largest step, from 1. */
  line: number;
}

// one file at a time is read in a thread, and a block's numbers are taken before the next ones are read
const STARTS = new Float64Array(BLOCK_ROWS);
const LATENCIES = new Float64Array(BLOCK_ROWS);
const MESSAGE = new Uint32Array(BLOCK_ROWS);

/** The operations of a file, gathered into blocks, and what is known of all of them. */
export class Rows {
  /** The line that was read last. */
  line = 0;

  // of the block
  rows = 0;
  earliest = Infinity;
  latest = -Infinity;
  least = Infinity;
  greatest = -Infinity;
  readonly starts = STARTS;
  readonly latencies = LATENCIES;
  readonly message = MESSAGE;
  /** The distinct messages, each with its place. */
  readonly messages = new Map<string, number>();

  // of the file
  measured = 0;
  errors = 0;
  /** Lines with which messages go on. */
  continued = 0;
  sum = 0n;
  fewest = Infinity;
  most = 0;
  first: bigint | null = null;
  last: bigint | null = null;
  previous = -Infinity;
  readonly clock: ClockSteps = { count: 0, most: 0, line: 0 };
  private base = -1n;
  private baseSeconds = Number.NaN;

  /**
   * @param path what errors call the file
   * @param emit takes each block; its arrays hold until it returns
   */
  constructor(
    readonly path: string,
    private readonly emit: (block: ParsedBlock) => void,
  ) {}

  /** ns from the file's first second to this one. */
  offsetOf(seconds: number, line: number): number {
    const place = { path: this.path, line };
    if (this.base < 0n) {
      this.base = BigInt(seconds) * 1_000_000_000n;
      this.baseSeconds = seconds;
    }
    if (seconds > 9_223_372_035) refuse(place, 'a time', 'ns since 1970, below 2^63', `${seconds} s`);
    const offset = (seconds - this.baseSeconds) * 1e9;
    if (Math.abs(offset) > LIMIT / 2 - 1e9) {
      refuse(place, 'a time', 'one within two weeks of the first in the file', `${seconds} s`);
    }
    return offset;
  }

  /** Takes note of `count` steps back of the clock, the largest of `most` ns at `line`. */
  steppedBack(count: number, most: number, line: number): void {
    this.clock.count += count;
    if (most <= this.clock.most) return;
    this.clock.most = most;
    this.clock.line = line;
  }

  /** Hands over the block, where it has rows, and begins the next. */
  flush(): void {
    const { rows } = this;
    if (rows === 0) return;
    const begin = this.base + BigInt(this.earliest);
    const end = this.base + BigInt(this.latest);
    if (this.first === null || begin < this.first) this.first = begin;
    if (this.last === null || end > this.last) this.last = end;
    const failed = this.messages.size > 0;
    this.emit({
      rows,
      base: this.base,
      starts: this.starts,
      latencies: failed ? null : this.latencies,
      errors: failed ? { messages: [...this.messages.keys()], message: this.message } : null,
      startRange: [this.earliest, this.latest],
      latencyRange: [this.least, this.greatest],
    });
    if (this.least < this.fewest) this.fewest = this.least;
    if (this.greatest > this.most) this.most = this.greatest;
    this.earliest = this.least = Infinity;
    this.latest = this.greatest = -Infinity;
    this.rows = 0;
    this.messages.clear();
  }
}
