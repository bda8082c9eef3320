/** Variable-length integers as Parquet and Thrift's compact protocol write them: seven bits a byte, the lowest first. */

/** Writes an integer that is not negative at `out[at]`; returns where the next byte goes. */
export function writeVarint(out: Uint8Array | number[], at: number, value: number | bigint): number {
  let place = at;
  let rest = value;
  while (typeof rest === 'bigint' && rest > 127n) {
    out[place++] = Number(rest & 127n) | 128;
    rest >>= 7n;
  }
  let small = Number(rest);
  while (small > 127) {
    out[place++] = (small % 128) | 128;
    small = Math.floor(small / 128);
  }
  out[place++] = small;
  return place;
}

/** Writes any integer so that those near zero, of either sign, take few bytes. */
export function writeZigzag(out: Uint8Array | number[], at: number, value: number | bigint): number {
  if (typeof value === 'bigint') return writeVarint(out, at, value >= 0n ? 2n * value : -2n * value - 1n);
  return writeVarint(out, at, value >= 0 ? 2 * value : -2 * value - 1);
}
