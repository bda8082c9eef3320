import { isUtf8 } from 'node:buffer';
import { UserError } from '../common/errors.js';
import { BLOCK_ROWS } from '../dataset/operations.js';
import { LIMIT } from '../dataset/parquet/encode.js';

/**
 * Reads a results file of dqlite-benchmark:
 *
 *     n 2
 *     n_err 1
 *     avg [ms] 4.163800
 *     max [ms] 5.004400
 *     min [ms] 3.323200
 *     measurements [timestamp in ns] [ms]
 *     1651335639619009100 5.004400
 *     1651335639628499400 3.323200
 *     (blank)
 *     errors
 *     1651335639600344400 database is locked
 *     (blank)
 *
 * Bytes are read once, in any pieces; nothing but a block of rows is held. What is accepted is exactly what the
 * benchmark prints, so that every line can be printed again from the numbers.
 */

/** Consecutive lines of a results file, as numbers: those measured, or those that are errors. */
export interface ParsedBlock {
  rows: number;
  /** Unix time in ns that `starts` are counted from. */
  base: bigint;
  /** ns after `base`. */
  starts: Float64Array;
  /** ns; null for errors. */
  latencies: Float64Array | null;
  /** Of each row; null for what was measured. */
  messages: string[] | null;
  /** The least and the greatest of `starts`, and of `latencies`. */
  startRange: readonly [number, number];
  latencyRange: readonly [number, number];
}

export interface ParsedFile {
  lines: number;
  linesKept: number;
  linesLayout: number;
  linesCut: number;
  measured: number;
  errors: number;
  /** Whether the file reaches its end. */
  complete: boolean;
  clock: ClockSteps;
  /** The earliest and the latest start, ns since 1970; null without operations. */
  first: bigint | null;
  last: bigint | null;
}

/** Where a start lies before that of the line above: the clock was set back. */
export interface ClockSteps {
  count: number;
  /** ns of the largest step. */
  most: number;
  /** The line of the largest step, from 1. */
  line: number;
}

const NEWLINE = 10;
const SPACE = 32;
const DOT = 46;
const ZERO = 48;
/** Four digits at once: `0000`; what takes a byte above 9 to its high bit; the high bits. */
const ZEROS = 0x30303030;
const SIXES = 0x76767676;
const HIGH_BITS = -0x7f7f7f80;
const HEADER = ['n ', 'n_err ', 'avg [ms] ', 'max [ms] ', 'min [ms] '] as const;
const MEASUREMENTS = 'measurements [timestamp in ns] [ms]';
const ERRORS = 'errors';
/** Short calls soon run compiled; in one long one, a line in a hundred thousand would send all back to be interpreted. */
const LINES_AT_ONCE = 512;
/** What the benchmark prints as the least of no durations. */
const NO_MINIMUM = 9_223_372_036_854_775_807n;

// one parser at a time reads in a thread, and a block's numbers are taken before the next ones are read
const STARTS = new Float64Array(BLOCK_ROWS);
const LATENCIES = new Float64Array(BLOCK_ROWS);

type Section = 'header' | 'measurements' | 'errors heading' | 'errors' | 'end';

export class ResultsParser {
  private section: Section = 'header';
  private line = 0;
  private kept = 0;
  private readonly header: bigint[] = [];
  private measured = 0;
  private errors = 0;
  private sum = 0n;
  private fewest = Infinity;
  private most = 0;
  private first: bigint | null = null;
  private last: bigint | null = null;
  private readonly clock: ClockSteps = { count: 0, most: 0, line: 0 };
  private previous = -Infinity;

  // of the line above: eight digits of its start, as bytes, and the ns from the base to them
  private head = 0;
  private middle = 0;
  private offset = Number.NaN;

  // of the block
  private earliest = Infinity;
  private latest = -Infinity;
  private least = Infinity;
  private greatest = -Infinity;

  private base = -1n;
  private baseSeconds = Number.NaN;
  private rows = 0;
  private readonly starts = STARTS;
  private readonly latencies = LATENCIES;
  private messages: string[] = [];
  private messageBytes = Buffer.alloc(0);
  private messageText = '';

  /**
   * @param path what errors call the file
   * @param emit takes each block; its arrays hold until it returns
   */
  constructor(
    private readonly path: string,
    private readonly emit: (block: ParsedBlock) => void,
  ) {}

  /** Reads the whole lines of `bytes[0..length)`; returns where the first incomplete one begins. */
  push(bytes: Uint8Array, length: number): number {
    let at = 0;
    while (at < length) {
      if (this.section === 'measurements' && bytes[at] !== NEWLINE) {
        const next = this.measurements(bytes, at, length);
        if (next === at) break;
        at = next;
        if (this.rows === BLOCK_ROWS) this.flush();
        continue;
      }
      const end = bytes.indexOf(NEWLINE, at);
      if (end < 0 || end >= length) break;
      this.line++;
      this.other(bytes, at, end);
      at = end + 1;
    }
    return at;
  }

  /** Ends the file, of which `rest` bytes after the last newline were not read. Throws when counts disagree. */
  end(rest: number): ParsedFile {
    this.flush();
    const complete = this.section === 'end' && rest === 0;
    if (this.section === 'end' && rest > 0) this.fail('text after the end', 'nothing', '', this.line + 1);
    this.checkCounts(complete);
    const lines = this.line + (rest > 0 ? 1 : 0);
    const linesCut = rest > 0 ? 1 : 0;
    return {
      lines,
      linesKept: this.kept,
      linesLayout: lines - this.kept - linesCut,
      linesCut,
      measured: this.measured,
      errors: this.errors,
      complete,
      clock: this.clock,
      first: this.first,
      last: this.last,
    };
  }

  /**
   * Reads some measured lines from `begin` on, and returns where it stopped: at another kind of line, an incomplete
   * one, or after {@link LINES_AT_ONCE}.
   *
   * Nearly every line begins with the eight digits of the line above and has one to three digits of ms: its other
   * digits are read four at a time. All other lines are read, or refused, digit by digit.
   */
  private measurements(bytes: Uint8Array, begin: number, length: number): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { starts, latencies } = this;
    const firstRow = this.rows;
    const stop = Math.min(firstRow + LINES_AT_ONCE, BLOCK_ROWS);
    let { rows, line, previous, earliest, latest, least, greatest } = this;
    let sum = 0;
    let at = begin;
    let { head, middle, offset } = this;
    while (rows < stop && sum < LIMIT && at < length && bytes[at] !== NEWLINE) {
      let newline = at + 28;
      if (bytes[newline] !== NEWLINE && bytes[++newline] !== NEWLINE) newline++;
      let start = 0;
      let latency = -1;
      if (
        newline < length &&
        bytes[newline] === NEWLINE &&
        bytes[at + 19] === SPACE &&
        bytes[newline - 7] === DOT &&
        (bytes[at + 20] !== ZERO || newline === at + 28) &&
        view.getInt32(at, true) === head &&
        view.getInt32(at + 4, true) === middle
      ) {
        const a = view.getInt32(at + 8, true) ^ ZEROS;
        const b = view.getInt32(at + 12, true) ^ ZEROS;
        const c = (view.getInt32(at + 15, true) ^ ZEROS) & -0x100;
        const ms = (view.getInt32(newline - 11, true) ^ ZEROS) & (-0x1000000 >> ((newline - at - 28) * 8));
        const d = view.getInt32(newline - 6, true) ^ ZEROS;
        const e = (view.getInt32(newline - 4, true) ^ ZEROS) & -0x10000;
        const sixes = (a + SIXES) | (b + SIXES) | (c + SIXES) | (ms + SIXES) | (d + SIXES) | (e + SIXES);
        if (((a | b | c | ms | d | e | sixes) & HIGH_BITS) === 0) {
          start = offset + fourDigits(a) * 1e7 + (fourDigits(b) * 1000 + fourDigits(c));
          latency = fourDigits(ms) * 1_000_000 + (fourDigits(d) * 100 + fourDigits(e));
        }
      }
      if (latency < 0) {
        newline = bytes.indexOf(NEWLINE, at);
        if (newline < 0 || newline >= length) break;
        [start, latency] = this.measurement(bytes, at, newline, line + 1);
        head = view.getInt32(at, true);
        middle = view.getInt32(at + 4, true);
        offset = start - digits(bytes, at + 8, at + 19);
      }
      at = newline + 1;
      line++;
      if (start < previous) this.steppedBack(previous - start, line);
      previous = start;
      starts[rows] = start;
      latencies[rows] = latency;
      rows++;
      sum += latency;
      if (start < earliest) earliest = start;
      if (start > latest) latest = start;
      if (latency < least) least = latency;
      if (latency > greatest) greatest = latency;
    }
    this.sum += BigInt(sum);
    this.kept += rows - firstRow;
    this.measured += rows - firstRow;
    this.rows = rows;
    this.line = line;
    this.previous = previous;
    this.earliest = earliest;
    this.latest = latest;
    this.least = least;
    this.greatest = greatest;
    this.head = head;
    this.middle = middle;
    this.offset = offset;
    return at;
  }

  /** Reads one measured line, of any form that is allowed: its start, in ns after the base, and its latency. */
  private measurement(bytes: Uint8Array, begin: number, newline: number, line: number): [number, number] {
    const point = newline - 7;
    const ms = begin + 20;
    const wellFormed =
      bytes[begin] !== ZERO &&
      bytes[begin + 19] === SPACE &&
      bytes[point] === DOT &&
      point > ms &&
      (bytes[ms] !== ZERO || point === ms + 1);
    const seconds = wellFormed ? digits(bytes, begin, begin + 10) : -1;
    const rest = digits(bytes, begin + 10, begin + 19);
    const whole = digits(bytes, ms, point);
    const fraction = digits(bytes, point + 1, newline);
    const latency = whole * 1e6 + fraction;
    if (seconds < 0 || rest < 0 || whole < 0 || fraction < 0 || latency >= LIMIT) {
      this.badMeasurement(bytes, begin, newline, line);
    }
    return [this.offsetOf(seconds, line) + rest, latency];
  }

  /** Reads any line but a measured one. */
  private other(bytes: Uint8Array, begin: number, end: number): void {
    if (end > begin && bytes[end - 1] === 13) {
      this.fail('a line that ends in CRLF', 'LF alone: the file was changed on its way', '');
    }
    switch (this.section) {
      case 'header':
        this.headerLine(text(bytes, begin, end));
        return;
      case 'measurements':
        this.flush();
        this.section = 'errors heading';
        return;
      case 'errors heading':
        if (text(bytes, begin, end) !== ERRORS) this.expected(`the line "${ERRORS}"`, bytes, begin, end);
        this.section = 'errors';
        this.previous = -Infinity;
        return;
      case 'errors':
        if (begin === end) this.section = 'end';
        else this.errorLine(bytes, begin, end);
        return;
      case 'end':
        this.expected('the end of the file', bytes, begin, end);
    }
  }

  private headerLine(line: string): void {
    const place = this.header.length;
    if (place === HEADER.length) {
      if (line !== MEASUREMENTS) this.fail('the heading', `"${MEASUREMENTS}"`, line);
      this.section = 'measurements';
      return;
    }
    const name = HEADER[place]!;
    const rest = line.startsWith(name) ? line.slice(name.length) : '';
    const form = place < 2 ? /^(0|[1-9]\d{0,15})$/ : /^(0|[1-9]\d{0,12})\.\d{6}$/;
    if (!form.test(rest)) {
      const wanted = place < 2 ? 'a count' : 'milliseconds with six decimals';
      this.fail('the header', `"${name.trim()}" and ${wanted}`, line);
    }
    this.header.push(BigInt(rest.replace('.', '')));
  }

  private errorLine(bytes: Uint8Array, begin: number, end: number): void {
    const space = bytes.indexOf(SPACE, begin);
    if (space !== begin + 19 || space >= end || bytes[begin] === ZERO) this.badError(bytes, begin, end);
    const seconds = digits(bytes, begin, begin + 10);
    const rest = digits(bytes, begin + 10, space);
    if (seconds < 0 || rest < 0) this.badError(bytes, begin, end);
    const start = this.offsetOf(seconds, this.line) + rest;
    if (start < this.previous) this.steppedBack(this.previous - start, this.line);
    this.previous = start;
    if (start < this.earliest) this.earliest = start;
    if (start > this.latest) this.latest = start;
    this.starts[this.rows++] = start;
    this.messages.push(this.message(bytes, space + 1, end));
    this.errors++;
    this.kept++;
    if (this.rows === BLOCK_ROWS) this.flush();
  }

  /** An error's message. Most are that of the line above. */
  private message(bytes: Uint8Array, begin: number, end: number): string {
    const above = this.messageBytes;
    if (end - begin === above.length && above.compare(bytes, begin, end) === 0) return this.messageText;
    const place = begin - '1651335639600344400 '.length;
    for (let p = begin; p < end; p++) {
      if (bytes[p]! < SPACE && bytes[p] !== 9) {
        this.fail('an error’s message', 'printable text', text(bytes, place, end));
      }
    }
    this.messageBytes = Buffer.from(bytes.subarray(begin, end));
    if (!isUtf8(this.messageBytes)) this.fail('an error’s message', 'text in UTF-8', text(bytes, place, end));
    this.messageText = text(bytes, begin, end);
    return this.messageText;
  }

  /** ns from the file's first second to this one. */
  private offsetOf(seconds: number, line: number): number {
    if (this.base < 0n) {
      this.base = BigInt(seconds) * 1_000_000_000n;
      this.baseSeconds = seconds;
    }
    if (seconds > 9_223_372_035) this.fail('a time', 'ns since 1970, below 2^63', `${seconds} s`, line);
    const offset = (seconds - this.baseSeconds) * 1e9;
    if (Math.abs(offset) > LIMIT / 2 - 1e9) {
      this.fail('a time', 'one within two weeks of the first in the file', `${seconds} s`, line);
    }
    return offset;
  }

  private steppedBack(ns: number, line: number): void {
    this.clock.count++;
    if (ns <= this.clock.most) return;
    this.clock.most = ns;
    this.clock.line = line;
  }

  private flush(): void {
    const rows = this.rows;
    if (rows === 0) return;
    const errors = this.messages.length > 0;
    const begin = this.base + BigInt(this.earliest);
    const end = this.base + BigInt(this.latest);
    if (this.first === null || begin < this.first) this.first = begin;
    if (this.last === null || end > this.last) this.last = end;
    this.emit({
      rows,
      base: this.base,
      starts: this.starts,
      latencies: errors ? null : this.latencies,
      messages: errors ? this.messages : null,
      startRange: [this.earliest, this.latest],
      latencyRange: [this.least, this.greatest],
    });
    if (this.least < this.fewest) this.fewest = this.least;
    if (this.greatest > this.most) this.most = this.greatest;
    this.earliest = this.least = Infinity;
    this.latest = this.greatest = -Infinity;
    this.rows = 0;
    this.messages = [];
  }

  private checkCounts(complete: boolean): void {
    const [n, nErr, average, greatest, least] = this.header;
    const wrong = (line: number, what: string, says: bigint, found: bigint | number): void => {
      throw new UserError(
        `${this.path}, line ${line}: the header says ${what} is ${says}, but the lines give ${found}: the file was changed or mixed up, take it from its origin again`,
      );
    };
    const over = (count: number, said: bigint | undefined): boolean =>
      said !== undefined && BigInt(count) > said;
    const differs = (count: number, said: bigint | undefined): boolean =>
      said !== undefined && BigInt(count) !== said;
    const pastMeasurements = this.section !== 'header' && this.section !== 'measurements';
    if (pastMeasurements ? differs(this.measured, n) : over(this.measured, n))
      wrong(1, 'n', n!, this.measured);
    if (complete ? differs(this.errors, nErr) : over(this.errors, nErr))
      wrong(2, 'n_err', nErr!, this.errors);
    if (!pastMeasurements) return;
    const some = this.measured > 0;
    const mean = some ? this.sum / BigInt(this.measured) : 0n;
    if (average !== mean) wrong(3, 'avg (in ns)', average!, mean);
    const most = BigInt(this.most);
    if (greatest !== most) wrong(4, 'max (in ns)', greatest!, most);
    const fewest = some ? BigInt(this.fewest) : NO_MINIMUM;
    if (least !== fewest) wrong(5, 'min (in ns)', least!, fewest);
  }

  private badMeasurement(bytes: Uint8Array, begin: number, end: number, line: number): never {
    if (bytes[end - 1] === 13)
      this.fail('a line that ends in CRLF', 'LF alone: the file was changed on its way', '', line);
    this.fail(
      'a measurement',
      '"<start, ns since 1970> <ms with six decimals>"',
      text(bytes, begin, end),
      line,
    );
  }

  private badError(bytes: Uint8Array, begin: number, end: number): never {
    this.fail('an error', '"<start, ns since 1970> <message>"', text(bytes, begin, end));
  }

  private expected(what: string, bytes: Uint8Array, begin: number, end: number): never {
    this.fail('a line', what, text(bytes, begin, end));
  }

  private fail(what: string, expected: string, received: string, line = this.line): never {
    const got = received === '' ? '' : `, received ${JSON.stringify(received.slice(0, 120))}`;
    throw new UserError(`${this.path}, line ${line}: ${what}: expected ${expected}${got}`);
  }
}

/** The number that bytes[begin..end) spell in decimal, or -1 where one is no digit. */
function digits(bytes: Uint8Array, begin: number, end: number): number {
  let value = 0;
  for (let p = begin; p < end; p++) {
    const digit = bytes[p]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** The number of four digits, one a byte, the first in the lowest. */
function fourDigits(bytes: number): number {
  const pairs = (bytes * 10 + (bytes >>> 8)) & 0x00ff00ff;
  return (pairs & 0xff) * 100 + (pairs >>> 16);
}

function text(bytes: Uint8Array, begin: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + begin, end - begin).toString('utf8');
}
