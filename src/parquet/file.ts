import { closeSync, openSync, writeSync } from 'node:fs';
import { rleConstant } from './encode.js';
import { binary, encodeStruct, i16, i32, i64, list, struct, type ThriftValue } from './thrift.js';

/**
 * Writes a Parquet file, a row group at a time (https://parquet.apache.org/docs/file-format/). Values come encoded:
 * this file knows pages, chunks and the footer, not what is in them. Nothing is compressed, since what the delta
 * encoding leaves is nearly random.
 */

const PHYSICAL = { INT32: 1, INT64: 2, BYTE_ARRAY: 6 } as const;
export const ENCODING = { PLAIN: 0, RLE: 3, DELTA_BINARY_PACKED: 5, RLE_DICTIONARY: 8 } as const;
const REQUIRED = 0;
const OPTIONAL = 1;
const UTF8 = 0;

export interface ParquetColumn {
  readonly name: string;
  readonly type: keyof typeof PHYSICAL;
  readonly optional: boolean;
}

export interface Page {
  readonly rows: number;
  readonly encoding: (typeof ENCODING)[keyof typeof ENCODING];
  /** Whether the page's values are all present or, in an optional column, all null. */
  readonly present: boolean;
  readonly body: Uint8Array;
}

export interface Chunk {
  /** What the indexes of RLE_DICTIONARY pages point to. */
  readonly dictionary?: readonly string[];
  readonly pages: readonly Page[];
  /** The least and greatest value, where known. */
  readonly range?: readonly [bigint | string, bigint | string];
}

const MAGIC = Buffer.from('PAR1');

export class ParquetFile {
  private readonly file: number;
  private at = 0;
  private rows = 0;
  private readonly groups: ThriftValue[] = [];

  /** @param madeBy what the file says that it was made by */
  constructor(
    path: string,
    private readonly columns: readonly ParquetColumn[],
    private readonly madeBy: string,
  ) {
    this.file = openSync(path, 'wx');
    this.write(MAGIC);
  }

  /** Adds `rows` rows, with one chunk for each column. */
  addRowGroup(rows: number, chunks: readonly Chunk[]): void {
    const begin = this.at;
    const written = chunks.map((chunk, i) => this.writeChunk(this.columns[i]!, chunk, rows));
    const bytes = this.at - begin;
    this.groups.push(
      struct({
        1: list(written),
        2: i64(bytes),
        3: i64(rows),
        5: i64(begin),
        6: i64(bytes),
        7: i16(this.groups.length % 32768),
      }),
    );
    this.rows += rows;
  }

  /** Writes the footer; the file is complete then. */
  end(): void {
    const root = struct({ 4: binary('schema'), 5: i32(this.columns.length) });
    const footer = encodeStruct({
      1: i32(2),
      2: list([root, ...this.columns.map(schemaElement)]),
      3: i64(this.rows),
      4: list(this.groups),
      6: binary(this.madeBy),
      7: list(this.columns.map(() => struct({ 1: struct({}) }))),
    });
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    this.write(Buffer.concat([footer, length, MAGIC]));
    this.close();
  }

  /** Closes without a footer: what is there is not a Parquet file. */
  close(): void {
    closeSync(this.file);
  }

  private writeChunk(column: ParquetColumn, chunk: Chunk, rows: number): ThriftValue {
    const begin = this.at;
    const parts: Uint8Array[] = [];
    if (chunk.dictionary) parts.push(...dictionaryPage(chunk.dictionary));
    const dataBegin = begin + parts.reduce((sum, part) => sum + part.length, 0);
    for (const page of chunk.pages) parts.push(...dataPage(column, page));
    this.write(Buffer.concat(parts));
    const bytes = this.at - begin;
    const encodings = new Set<number>(chunk.pages.map((page) => page.encoding));
    if (chunk.dictionary) encodings.add(ENCODING.PLAIN);
    if (column.optional) encodings.add(ENCODING.RLE);
    const metadata = struct({
      1: i32(PHYSICAL[column.type]),
      2: list([...encodings].sort((a, b) => a - b).map(i32)),
      3: list([binary(column.name)]),
      4: i32(0),
      5: i64(rows),
      6: i64(bytes),
      7: i64(bytes),
      9: i64(dataBegin),
      11: chunk.dictionary ? i64(begin) : undefined,
      12: statistics(column, chunk),
    });
    return struct({ 2: i64(0), 3: metadata });
  }

  private write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.file, bytes, done);
    this.at += bytes.length;
  }
}

function schemaElement({ name, type, optional }: ParquetColumn): ThriftValue {
  const text = type === 'BYTE_ARRAY';
  return struct({
    1: i32(PHYSICAL[type]),
    3: i32(optional ? OPTIONAL : REQUIRED),
    4: binary(name),
    6: text ? i32(UTF8) : undefined,
    10: text ? struct({ 1: struct({}) }) : undefined,
  });
}

function dictionaryPage(values: readonly string[]): Uint8Array[] {
  const body = Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.byteLength(value);
      const entry = Buffer.alloc(4 + bytes);
      entry.writeUInt32LE(bytes);
      entry.write(value, 4);
      return entry;
    }),
  );
  const header = struct({ 1: i32(values.length), 2: i32(ENCODING.PLAIN) });
  return [encodeStruct({ 1: i32(2), 2: i32(body.length), 3: i32(body.length), 7: header }), body];
}

function dataPage(column: ParquetColumn, page: Page): Uint8Array[] {
  const levels = column.optional ? presence(page) : new Uint8Array(0);
  const bytes = levels.length + page.body.length;
  const header = struct({
    1: i32(page.rows),
    2: i32(page.encoding),
    3: i32(ENCODING.RLE),
    4: i32(ENCODING.RLE),
  });
  return [encodeStruct({ 1: i32(0), 2: i32(bytes), 3: i32(bytes), 5: header }), levels, page.body];
}

/** The definition levels of a page: one run of ones or zeros, behind its length. */
function presence(page: Page): Uint8Array {
  const run = rleConstant(page.present ? 1 : 0, page.rows, 1);
  const out = Buffer.alloc(4 + run.length);
  out.writeUInt32LE(run.length);
  out.set(run, 4);
  return out;
}

function statistics(column: ParquetColumn, chunk: Chunk): ThriftValue {
  const nulls = chunk.pages.reduce((sum, page) => sum + (page.present ? 0 : page.rows), 0);
  const [least, greatest] = chunk.range ?? [];
  return struct({
    3: i64(nulls),
    5: greatest === undefined ? undefined : binary(plain(column, greatest)),
    6: least === undefined ? undefined : binary(plain(column, least)),
  });
}

function plain(column: ParquetColumn, value: bigint | string): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value);
  const out = Buffer.alloc(column.type === 'INT32' ? 4 : 8);
  if (column.type === 'INT32') out.writeInt32LE(Number(value));
  else out.writeBigInt64LE(value);
  return out;
}
