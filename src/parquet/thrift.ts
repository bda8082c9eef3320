import { writeVarint, writeZigzag } from './varint.js';

/**
 * Writes Thrift's compact protocol, in which a Parquet file describes itself
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
 */

/** A value with the Thrift type that it is written as. */
export type ThriftValue =
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly i16: number }
  | { readonly binary: string | Uint8Array }
  | { readonly list: readonly ThriftValue[] }
  | { readonly struct: ThriftStruct };

/** Fields by their id; undefined ones are left out. */
export type ThriftStruct = Readonly<Record<number, ThriftValue | undefined>>;

export const i16 = (value: number): ThriftValue => ({ i16: value });
export const i32 = (value: number): ThriftValue => ({ i32: value });
export const i64 = (value: number): ThriftValue => ({ i64: value });
export const binary = (value: string | Uint8Array): ThriftValue => ({ binary: value });
export const list = (values: readonly ThriftValue[]): ThriftValue => ({ list: values });
export const struct = (fields: ThriftStruct): ThriftValue => ({ struct: fields });

const TYPE = { i16: 4, i32: 5, i64: 6, binary: 8, list: 9, struct: 12 } as const;

/** The bytes of a struct. */
export function encodeStruct(fields: ThriftStruct): Buffer {
  const out: number[] = [];
  writeStruct(out, fields);
  return Buffer.from(out);
}

function writeStruct(out: number[], fields: ThriftStruct): void {
  let last = 0;
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const id = Number(key);
    out.push(((id - last) << 4) | typeOf(value));
    last = id;
    writeValue(out, value);
  }
  out.push(0);
}

function writeValue(out: number[], value: ThriftValue): void {
  if ('i16' in value) writeZigzag(out, out.length, value.i16);
  else if ('i32' in value) writeZigzag(out, out.length, value.i32);
  else if ('i64' in value) writeZigzag(out, out.length, value.i64);
  else if ('struct' in value) writeStruct(out, value.struct);
  else if ('list' in value) writeList(out, value.list);
  else {
    const bytes = typeof value.binary === 'string' ? Buffer.from(value.binary) : value.binary;
    writeVarint(out, out.length, bytes.length);
    for (const byte of bytes) out.push(byte);
  }
}

function writeList(out: number[], values: readonly ThriftValue[]): void {
  const type = values[0] ? typeOf(values[0]) : TYPE.struct;
  if (values.length < 15) out.push((values.length << 4) | type);
  else {
    out.push(0xf0 | type);
    writeVarint(out, out.length, values.length);
  }
  for (const value of values) writeValue(out, value);
}

function typeOf(value: ThriftValue): number {
  return TYPE[Object.keys(value)[0] as keyof typeof TYPE];
}
