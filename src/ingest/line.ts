import { UserError } from '../common/errors.js';

export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const ZERO = 48;
/** How long a start is: ns since 1970, in this century and the next two. */
export const START_DIGITS = 19;

/** Where a line is, for messages. */
export interface Place {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** The number that bytes[begin..end) spell in decimal, or -1 where one is no digit. */
export function digits(bytes: Uint8Array, begin: number, end: number): number {
  let value = 0;
  for (let p = begin; p < end; p++) {
    const digit = bytes[p]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

export function text(bytes: Uint8Array, begin: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + begin, end - begin).toString('utf8');
}

/** Refuses a line that is not what it should be. */
export function refuse({ path, line }: Place, what: string, expected: string, received = ''): never {
  const got = received === '' ? '' : `, received ${JSON.stringify(received.slice(0, 120))}`;
  throw new UserError(`${path}, line ${line}: ${what}: expected ${expected}${got}`);
}

export function refuseCrlf(place: Place, bytes: Uint8Array, begin: number, end: number): void {
  if (end > begin && bytes[end - 1] === RETURN) {
    refuse(place, 'a line that ends in CRLF', 'LF alone: the file was changed on its way');
  }
}
