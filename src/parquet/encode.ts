import { writeVarint, writeZigzag } from './varint.js';

/**
 * Encodings of column values (https://parquet.apache.org/docs/file-format/data-pages/encodings/).
 * Numbers come as float64 that hold integers below {@link LIMIT}, since arithmetic on them is exact and far faster
 * than on bigint.
 */

/** Values and their differences are exact below this: 2^51 ns are 26 days. */
export const LIMIT = 2 ** 51;

const BLOCK = 128;
const MINIBLOCK = 32;
const MINIBLOCKS = BLOCK / MINIBLOCK;
/** A block's least difference, its widths, and 128 values of at most 53 bits. */
const BLOCK_BYTES = 10 + MINIBLOCKS + BLOCK * 7;

let scratch = new Uint8Array(0);
let scratchView = new DataView(scratch.buffer);
const deltas = new Float64Array(BLOCK);

/**
 * DELTA_BINARY_PACKED: `base + values[i]` for the first `count` values, each below {@link LIMIT}.
 * Returns a copy of its own.
 */
export function deltaEncode(values: Float64Array, count: number, base = 0n): Uint8Array {
  const room = 40 + Math.ceil(count / BLOCK) * BLOCK_BYTES;
  if (scratch.length < room) {
    scratch = new Uint8Array(room);
    scratchView = new DataView(scratch.buffer);
  }
  const out = scratch;
  let at = writeVarint(out, 0, BLOCK);
  at = writeVarint(out, at, MINIBLOCKS);
  at = writeVarint(out, at, count);
  at = writeZigzag(out, at, base + BigInt(values[0] ?? 0));

  for (let from = 1; from < count; from += BLOCK) {
    at = encodeBlock(values, from, Math.min(BLOCK, count - from), out, at);
  }
  return out.slice(0, at);
}

/** Writes the differences of values[from..from + size) from those before them. */
function encodeBlock(
  values: Float64Array,
  from: number,
  size: number,
  out: Uint8Array,
  start: number,
): number {
  let least = Infinity;
  for (let i = 0, previous = values[from - 1]!; i < size; i++) {
    const value = values[from + i]!;
    const delta = value - previous;
    deltas[i] = delta;
    if (delta < least) least = delta;
    previous = value;
  }
  const widths = writeZigzag(out, start, least);
  let at = widths + MINIBLOCKS;
  for (let m = 0; m < MINIBLOCKS; m++) {
    const begin = m * MINIBLOCK;
    const end = Math.min(begin + MINIBLOCK, size);
    let most = 0;
    for (let i = begin; i < end; i++) {
      const above = deltas[i]! - least;
      deltas[i] = above;
      if (above > most) most = above;
    }
    const width = bitWidth(most);
    out[widths + m] = width;
    if (width > 0) at = packMiniblock(scratchView, at, width, begin, end);
  }
  return at;
}

/** DELTA_BINARY_PACKED of `first`, `first + step`, … in a few bytes. */
export function deltaProgression(first: number, step: number, count: number): Uint8Array {
  const block = 4096;
  const out = new Uint8Array(24 + Math.ceil(count / block) * (10 + MINIBLOCKS));
  let at = writeVarint(out, 0, block);
  at = writeVarint(out, at, MINIBLOCKS);
  at = writeVarint(out, at, count);
  at = writeZigzag(out, at, first);
  for (let from = 1; from < count; from += block) at = writeZigzag(out, at, step) + MINIBLOCKS;
  return out.slice(0, at);
}

/** The RLE and bit-packing hybrid of one value, `count` times. */
export function rleConstant(value: number, count: number, width: number): Uint8Array {
  const out = new Uint8Array(12);
  let at = writeVarint(out, 0, count * 2);
  for (let bits = 0; bits < width; bits += 8) out[at++] = (value >>> bits) & 0xff;
  return out.slice(0, at);
}

/** The RLE and bit-packing hybrid of any values below 2^width: runs where they are shorter, else packed bits. */
export function rleEncode(values: ArrayLike<number>, width: number): Uint8Array {
  const runs: Uint8Array[] = [];
  let bytes = 0;
  const packedBytes = Math.ceil(values.length / 8) * width;
  for (let i = 0; i < values.length && bytes <= packedBytes; ) {
    let end = i + 1;
    while (end < values.length && values[end] === values[i]) end++;
    const run = rleConstant(values[i]!, end - i, width);
    runs.push(run);
    bytes += run.length;
    i = end;
  }
  if (bytes <= packedBytes) return Buffer.concat(runs);

  const groups = Math.ceil(values.length / 8);
  const out = new Uint8Array(10 + packedBytes);
  let at = writeVarint(out, 0, groups * 2 + 1);
  const end = at + packedBytes;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < values.length; i++) {
    held |= values[i]! << bits;
    for (bits += width; bits >= 8; bits -= 8, held >>>= 8) out[at++] = held & 0xff;
  }
  if (bits > 0) out[at] = held & 0xff;
  return out.slice(0, end);
}

/** How many bits an integer from 0 to 2^53 needs. */
export function bitWidth(value: number): number {
  return value < 4294967296 ? 32 - Math.clz32(value) : 64 - Math.clz32(value / 4294967296);
}

/** Packs deltas[begin..end) into 32 × width bits, the lowest bits first, and zeros where values are missing. */
function packMiniblock(out: DataView, start: number, width: number, begin: number, end: number): number {
  const stop = start + width * 4;
  let at = width > 32 ? packWide(out, start, width, begin, end) : packNarrow(out, start, width, begin, end);
  for (; at < stop; at += 4) out.setInt32(at, 0, true);
  return stop;
}

/** For up to 32 bits; returns where the last begun four bytes end. */
function packNarrow(out: DataView, start: number, width: number, begin: number, end: number): number {
  let at = start;
  let held = 0;
  let bits = 0;
  for (let i = begin; i < end; i++) {
    const value = deltas[i]! >>> 0;
    held |= value << bits;
    bits += width;
    if (bits >= 32) {
      out.setInt32(at, held, true);
      at += 4;
      bits -= 32;
      held = bits > 0 ? value >>> (width - bits) : 0;
    }
  }
  if (bits > 0) out.setInt32(at, held, true);
  return bits > 0 ? at + 4 : at;
}

/** For more than 32 bits, in two halves; returns where the last begun four bytes end. */
function packWide(out: DataView, start: number, width: number, begin: number, end: number): number {
  let at = start;
  let held = 0;
  let bits = 0;
  const put = (value: number, count: number): void => {
    held |= value << bits;
    bits += count;
    if (bits < 32) return;
    out.setInt32(at, held, true);
    at += 4;
    bits -= 32;
    held = bits > 0 ? value >>> (count - bits) : 0;
  };
  for (let i = begin; i < end; i++) {
    const value = deltas[i]!;
    put(value >>> 0, 32);
    put(Math.floor(value / 4294967296), width - 32);
  }
  if (bits > 0) out.setInt32(at, held, true);
  return bits > 0 ? at + 4 : at;
}
