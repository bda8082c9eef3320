import { isUtf8 } from 'node:buffer';
import { BLOCK_ROWS } from '../dataset/operations.js';
import { digits, NEWLINE, refuse, refuseCrlf, SPACE, START_DIGITS, text, ZERO } from './line.js';
import type { Rows } from './rows.js';

const TAB = 9;

/**
 * Reads the lines of errors: `<start, ns since 1970> <message>`. The benchmark prints a message as it is, so one of
 * several lines goes on in lines that begin with no start; the header's count tells whether that was so.
 */
export class ErrorLines {
  /** The message of the line above, and its place among the block's, or -1 where it has none. */
  private above = Buffer.alloc(0);
  private place = -1;
  private goesOn = false;

  constructor(private readonly into: Rows) {}

  /** Reads whole lines from `begin` on, and returns where it stopped: at a blank line or an incomplete one. */
  read(bytes: Uint8Array, begin: number, length: number): number {
    const { into } = this;
    let at = begin;
    while (at < length && bytes[at] !== NEWLINE) {
      const end = bytes.indexOf(NEWLINE, at);
      if (end < 0 || end >= length) break;
      into.line++;
      const seconds =
        bytes[at] !== ZERO && bytes[at + START_DIGITS] === SPACE ? digits(bytes, at, at + 10) : -1;
      const rest = digits(bytes, at + 10, at + START_DIGITS);
      const message = at + START_DIGITS + 1;
      if (seconds < 0 || rest < 0 || message > end) this.goOn(bytes, at, end);
      else this.add(into.offsetOf(seconds, into.line) + rest, bytes, message, end);
      at = end + 1;
    }
    return at;
  }

  /** Ends the block, or the file. */
  flush(): void {
    if (this.goesOn) this.dropUnused();
    this.into.flush();
    this.place = -1;
    this.goesOn = false;
  }

  private add(start: number, bytes: Uint8Array, begin: number, end: number): void {
    const { into } = this;
    if (into.rows === BLOCK_ROWS) this.flush();
    if (this.place < 0 || !this.sameAsAbove(bytes, begin, end)) {
      this.above = Buffer.from(bytes.subarray(begin, end));
      this.place = this.placeOf(this.readable(bytes, begin, end));
    }
    const back = into.previous - start;
    into.steppedBack(back > 0 ? 1 : 0, back, into.line);
    into.previous = start;
    if (start < into.earliest) into.earliest = start;
    if (start > into.latest) into.latest = start;
    into.starts[into.rows] = start;
    into.message[into.rows] = this.place;
    into.rows++;
    into.errors++;
  }

  /** A line that belongs to the message above. */
  private goOn(bytes: Uint8Array, begin: number, end: number): void {
    const { into } = this;
    refuseCrlf(into, bytes, begin, end);
    if (into.rows === 0) {
      refuse(into, 'an error', '"<start, ns since 1970> <message>"', text(bytes, begin, end));
    }
    const messages = [...into.messages.keys()];
    const whole = `${messages[into.message[into.rows - 1]!]}\n${this.readable(bytes, begin, end)}`;
    into.message[into.rows - 1] = this.placeOf(whole);
    into.continued++;
    this.goesOn = true;
  }

  private sameAsAbove(bytes: Uint8Array, begin: number, end: number): boolean {
    const { above } = this;
    if (end - begin !== above.length) return false;
    for (let i = 0; i < above.length; i++) if (bytes[begin + i] !== above[i]) return false;
    return true;
  }

  private placeOf(message: string): number {
    const { messages } = this.into;
    const place = messages.get(message) ?? messages.size;
    messages.set(message, place);
    return place;
  }

  private readable(bytes: Uint8Array, begin: number, end: number): string {
    const { into } = this;
    refuseCrlf(into, bytes, begin, end);
    const part = bytes.subarray(begin, end);
    const words = text(bytes, begin, end);
    if (part.some((byte) => byte < SPACE && byte !== TAB)) {
      refuse(into, 'an error’s message', 'printable text', words);
    }
    if (!isUtf8(part)) refuse(into, 'an error’s message', 'text in UTF-8', words);
    return words;
  }

  /** The beginnings of messages that went on are no messages, unless they also come alone. */
  private dropUnused(): void {
    const { messages, message, rows } = this.into;
    const all = [...messages.keys()];
    messages.clear();
    for (let i = 0; i < rows; i++) message[i] = this.placeOf(all[message[i]!]!);
  }
}
