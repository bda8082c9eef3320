import { BLOCK_ROWS } from '../dataset/operations.js';
import { LIMIT } from '../parquet/encode.js';
import { digits, NEWLINE, refuse, refuseCrlf, SPACE, START_DIGITS, text, ZERO } from './line.js';
import type { Rows } from './rows.js';

const DOT = 46;
/** Four digits at once: `0000`; what takes a byte above 9 to its high bit; the high bits. */
const ZEROS = 0x30303030;
const SIXES = 0x76767676;
const HIGH_BITS = -0x7f7f7f80;
/** Short calls soon run compiled; in one long one, a line in a hundred thousand would send all back to be interpreted. */
const LINES_AT_ONCE = 512;

/** Reads the lines of what was measured: `<start, ns since 1970> <ms with six decimals>`. */
export class MeasuredLines {
  // of the line above: eight digits of its start, as bytes, and the ns from the base to them
  private head = 0;
  private middle = 0;
  private offset = Number.NaN;

  constructor(private readonly into: Rows) {}

  /**
   * Reads some lines from `begin` on, and returns where it stopped: at another kind of line, an incomplete one, or
   * after {@link LINES_AT_ONCE}.
   *
   * Nearly every line begins with the eight digits of the line above and has one to three digits of ms: its other
   * digits are read four at a time. All other lines are read, or refused, digit by digit. What happens seldom is
   * written without calls or sums of its own: code compiled before it first happened would be thrown away then.
   */
  read(bytes: Uint8Array, begin: number, length: number): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { into } = this;
    if (into.rows === BLOCK_ROWS) into.flush();
    const { starts, latencies, rows: firstRow } = into;
    const stop = Math.min(firstRow + LINES_AT_ONCE, BLOCK_ROWS);
    let { rows, line, previous, earliest, latest, least, greatest } = into;
    let { head, middle, offset } = this;
    let sum = 0;
    let steps = 0;
    let longestStep = 0;
    let stepLine = 0;
    let at = begin;
    while (rows < stop && sum < LIMIT && at < length && bytes[at] !== NEWLINE) {
      let newline = at + 28;
      if (bytes[newline] !== NEWLINE && bytes[++newline] !== NEWLINE) newline++;
      let start = 0;
      let latency = -1;
      if (
        newline < length &&
        bytes[newline] === NEWLINE &&
        bytes[at + START_DIGITS] === SPACE &&
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
        [start, latency] = this.anyLine(bytes, at, newline, line + 1);
        head = view.getInt32(at, true);
        middle = view.getInt32(at + 4, true);
        offset = start - digits(bytes, at + 8, at + START_DIGITS);
      }
      at = newline + 1;
      line++;
      const back = previous - start;
      steps += back > 0 ? 1 : 0;
      if (back > longestStep) {
        longestStep = back;
        stepLine = line;
      }
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
    this.head = head;
    this.middle = middle;
    this.offset = offset;
    into.sum += BigInt(sum);
    into.steppedBack(steps, longestStep, stepLine);
    into.measured += rows - firstRow;
    into.rows = rows;
    into.line = line;
    into.previous = previous;
    into.earliest = earliest;
    into.latest = latest;
    into.least = least;
    into.greatest = greatest;
    return at;
  }

  /** Reads a line of any form that is allowed: its start, in ns after the base, and its latency. */
  private anyLine(bytes: Uint8Array, begin: number, newline: number, line: number): [number, number] {
    const point = newline - 7;
    const ms = begin + START_DIGITS + 1;
    const wellFormed =
      bytes[begin] !== ZERO &&
      bytes[ms - 1] === SPACE &&
      bytes[point] === DOT &&
      point > ms &&
      (bytes[ms] !== ZERO || point === ms + 1);
    const seconds = wellFormed ? digits(bytes, begin, begin + 10) : -1;
    const rest = digits(bytes, begin + 10, ms - 1);
    const whole = digits(bytes, ms, point);
    const fraction = digits(bytes, point + 1, newline);
    const latency = whole * 1e6 + fraction;
    if (seconds < 0 || rest < 0 || whole < 0 || fraction < 0 || latency >= LIMIT) {
      const place = { path: this.into.path, line };
      refuseCrlf(place, bytes, begin, newline);
      const expected = '"<start, ns since 1970> <ms with six decimals>"';
      refuse(place, 'a measurement', expected, text(bytes, begin, newline));
    }
    return [this.into.offsetOf(seconds, line) + rest, latency];
  }
}

/** The number of four digits, one a byte, the first in the lowest. */
function fourDigits(bytes: number): number {
  const pairs = (bytes * 10 + (bytes >>> 8)) & 0x00ff00ff;
  return (pairs & 0xff) * 100 + (pairs >>> 16);
}
