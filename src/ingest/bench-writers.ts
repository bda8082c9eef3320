import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { literal, openDuck } from '../dataset/duck.js';
import {
  BLOCK_ROWS,
  encodeOperations,
  type OperationErrors,
  type Operations,
  OperationsWriter,
} from '../dataset/operations.js';
import { ERROR_CLASSES, type Op, OUTCOMES } from '../vocabulary/outcomes.js';
import { child, type Measured, NODE_REPORT } from './bench-peers.js';

/** What it took to write operations that are in memory, as Parquet. */
export interface Written extends Measured {
  writer: string;
  bytes: number;
}

interface Row {
  run_id: string;
  op: Op;
  worker: number;
  seq: number;
  start_ns: bigint;
  latency_ns: bigint | null;
  outcome: string;
  error: string | null;
  error_class: string | null;
}

interface Block extends Pick<Row, 'run_id' | 'op' | 'worker' | 'seq'> {
  operations: Operations;
}

/**
 * Writes the rows of `path`, an operations.parquet, again: with our encoder, on one thread, and with DuckDB's writer, on
 * all cores, with the column seq and without it. DuckDB begins with the rows in a table of its own, in order.
 */
export async function compareWriters(path: string, scratch: string): Promise<Written[]> {
  const out = join(scratch, 'again.parquet');
  const results: Written[] = [];
  for (const [writer, script] of Object.entries(SCRIPTS)) {
    const measured = await child(script, path, out);
    results.push({ ...measured, writer, bytes: statSync(out).size });
    rmSync(out);
  }
  if (results[0]!.bytes !== statSync(path).size)
    throw new Error(`${path}: written again, it has another size`);
  return results;
}

const START = 'const begin = performance.now(), started = process.cpuUsage();';
const byDuckDB = (
  columns: string,
): string => `const { openDuck, literal } = await import(${JSON.stringify(new URL('../dataset/duck.js', import.meta.url).href)});
const [input, out] = process.argv.slice(1);
const { connection } = await openDuck();
await connection.run(\`create table rows as from read_parquet(\${literal(input)})\`);
${START}
await connection.run(\`copy (select ${columns} from rows) to \${literal(out)} (format parquet, parquet_version v2, compression zstd, row_group_size 524288)\`);
${NODE_REPORT}`;

const SCRIPTS = {
  ours: `const { readBlocks, writeBlocks } = await import(${JSON.stringify(import.meta.url)});
const [input, out] = process.argv.slice(1);
const blocks = await readBlocks(input);
${START}
writeBlocks(blocks, out);
${NODE_REPORT}`,
  "DuckDB's": byDuckDB('*'),
  "DuckDB's, without seq": byDuckDB('* exclude (seq)'),
};

/** The operations of a file, in blocks as ingest reads them. */
export async function readBlocks(path: string): Promise<Block[]> {
  const duck = await openDuck({ threads: '1' });
  const blocks: Block[] = [];
  let rows: Row[] = [];
  const flush = (): void => {
    const [first] = rows;
    if (first) blocks.push({ ...first, operations: operationsOf(rows) });
    rows = [];
  };
  const result = await duck.connection.stream(`from read_parquet(${literal(path)})`);
  for await (const part of result.yieldRowObjectJs()) {
    for (const row of part as unknown as Row[]) {
      const last = rows.at(-1);
      const goesOn = last && row.seq === last.seq + 1 && (row.error === null) === (last.error === null);
      if (!goesOn || rows.length === BLOCK_ROWS) flush();
      rows.push(row);
    }
  }
  flush();
  duck.close();
  return blocks;
}

/** Writes blocks as ingest does. */
export function writeBlocks(blocks: readonly Block[], path: string): void {
  const writer = new OperationsWriter(path);
  for (const { run_id, op, worker, seq, operations } of blocks) {
    writer.add(run_id, op, worker, seq, encodeOperations(operations));
  }
  writer.end();
}

function operationsOf(rows: readonly Row[]): Operations {
  const base = rows[0]!.start_ns;
  const starts = Float64Array.from(rows, ({ start_ns }) => Number(start_ns - base));
  const latencies = rows[0]!.error === null ? Float64Array.from(rows, (row) => Number(row.latency_ns)) : null;
  return {
    rows: rows.length,
    base,
    starts,
    latencies,
    startRange: rangeOf(starts),
    latencyRange: rangeOf(latencies ?? []),
    errors: latencies ? null : errorsOf(rows),
  };
}

function errorsOf(rows: readonly Row[]): OperationErrors {
  const messages = [...new Set(rows.map(({ error }) => error!))];
  return {
    messages,
    message: Uint32Array.from(rows, ({ error }) => messages.indexOf(error!)),
    outcome: Uint8Array.from(rows, ({ outcome }) => (OUTCOMES as readonly string[]).indexOf(outcome)),
    errorClass: Uint8Array.from(rows, (row) =>
      (ERROR_CLASSES as readonly string[]).indexOf(row.error_class!),
    ),
  };
}

function rangeOf(numbers: ArrayLike<number>): [number, number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < numbers.length; i++) {
    least = Math.min(least, numbers[i]!);
    greatest = Math.max(greatest, numbers[i]!);
  }
  return [least, greatest];
}
