/**
 * Messages of dqlite's client protocol, version 1: little-endian 64-bit words, a header of one word
 * (words in the body, type, schema), texts ended by NUL and padded to a word.
 * Source: https://dqlite.io/docs/reference/wire-protocol
 */
export const REQUEST = {
  ...{ leader: 0, client: 1, open: 3, execSql: 8, querySql: 9 },
  ...{ add: 12, assign: 13, remove: 14, cluster: 16, transfer: 17 },
} as const;
export const RESPONSE = {
  failure: 0,
  node: 1,
  welcome: 2,
  nodes: 3,
  database: 4,
  rows: 7,
  empty: 8,
} as const;

export interface Message {
  type: number;
  body: Buffer;
}

export const handshake = word(1n);

export function word(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(value);
  return buffer;
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(`${value}\0`);
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)]);
}

export function request(type: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32LE(body.length / 8);
  header.writeUInt8(type, 4);
  return Buffer.concat([header, body]);
}

/** The first whole message of `buffer` and what follows it, or undefined while it is not whole. */
export function takeMessage(buffer: Buffer): { message: Message; rest: Buffer } | undefined {
  if (buffer.length < 8) return undefined;
  const end = 8 + buffer.readUInt32LE(0) * 8;
  if (buffer.length < end) return undefined;
  return {
    message: { type: buffer.readUInt8(4), body: buffer.subarray(8, end) },
    rest: buffer.subarray(end),
  };
}

/** The text at `offset` and the offset of the word after it. */
export function readText(body: Buffer, offset: number): { value: string; next: number } {
  const end = body.indexOf(0, offset);
  return { value: body.toString('utf8', offset, end), next: offset + Math.ceil((end + 1 - offset) / 8) * 8 };
}

/** The integers of a result with one column of integers. */
export function readIntegers(body: Buffer): bigint[] {
  const columns = body.readBigUInt64LE(0);
  if (columns !== 1n) throw new Error(`expected one column, received ${columns}`);
  let offset = readText(body, 8).next;
  const values: bigint[] = [];
  const INTEGER = 1;
  // a word of types stands before each row; 0xff… or 0xee… in its place ends the message
  while (offset < body.length && body.readUInt8(offset) < 0xee) {
    const type = body.readUInt8(offset) & 0x0f;
    if (type !== INTEGER) throw new Error(`expected an integer, received a value of type ${type}`);
    values.push(body.readBigInt64LE(offset + 8));
    offset += 16;
  }
  return values;
}
