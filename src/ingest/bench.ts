import { existsSync, rmSync, statSync } from 'node:fs';
import { mkdtemp, statfs } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagePath } from '../common/paths.js';
import { textTable } from '../common/table.js';
import { openDataset } from '../results/core/open.js';
import { writeMadeUpResults } from './bench-captures.js';
import { duckdb, type Measured, ours, type Peer, pandas, pandasSplit } from './bench-peers.js';
import { compareWriters, type Written } from './bench-writers.js';
import { findRuns, resultsFiles } from './source.js';

const PEERS = [ours, pandas, pandasSplit, duckdb];
/** The sample's operations where it is not there to be counted. */
const SAMPLE_OPERATIONS = 2_951_202;
const REPEATS = 3;

/** What is held to. */
export const BARS = {
  timesPandas: 4,
  /** However large a dataset is: the operations of one run at a time are looked at. */
  peakMegabytes: 400,
  peakBytesAnOperationOfARun: 24,
  bytesAnOperation: 6,
  timeGrowth: 1.3,
};
/** What DuckDB's writer would have to reach to take the place of ours. */
const ENOUGH = { bytesAnOperation: 5.2, timesAsFast: 0.8 };

export interface Result extends Measured {
  input: string;
  tool: string;
  operations: number;
  /** Of the longest run. */
  of_a_run: number;
  input_MB: number;
  s: number;
  cpu_s: number;
  peak_MB: number;
  million_per_s: number;
  bytes_an_operation: number | null;
}

/**
 * Measures ingest beside pandas and DuckDB SQL, on the 2022 sample where it is there, and on made-up results of 10 and
 * 100 times its operations; says which bars hold, and ends with 1 where one does not.
 */
export async function run(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'bench-ingest-'));
  const results: Result[] = [];
  let written: Written[];
  try {
    const sample = packagePath('..', 'shared', 'seed-results');
    const small = join(scratch, '1x');
    if (!existsSync(sample)) writeMadeUpResults(small, SAMPLE_OPERATIONS, 1);
    const input = existsSync(sample) ? sample : small;
    const name = existsSync(sample) ? 'the 2022 sample' : 'made-up, 1×';
    results.push(...(await measure(name, input, scratch, PEERS, REPEATS)));
    rmSync(small, { recursive: true, force: true });
    written = await compareWriters(join(scratch, 'dataset/operations.parquet'), scratch);
    for (const [times, runs, peers] of [
      [10, 3, PEERS],
      [100, 10, [ours]],
    ] as const) {
      const folder = join(scratch, `${times}x`);
      const needed = times * SAMPLE_OPERATIONS * 45;
      const { bavail, bsize } = await statfs(scratch);
      if (bavail * bsize < needed) {
        say(`${times}× left out: it needs ${(needed / 1e9).toFixed(0)} GB free in ${tmpdir()}`);
        continue;
      }
      writeMadeUpResults(folder, times * SAMPLE_OPERATIONS, runs);
      results.push(...(await measure(`made-up, ${times}×`, folder, scratch, peers, times === 10 ? 2 : 1)));
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  report(results);
  reportWriters(results[0]!, written);
}

/** How long each peer takes for an input; `table` is what it is counted in. */
export async function measure(
  input: string,
  folder: string,
  scratch: string,
  peers: readonly Peer[],
  repeats: number,
  table: 'operations' | 'attempts' = 'operations',
  bytes = bytesOfResults(folder),
): Promise<Result[]> {
  const results: Result[] = [];
  let counted = { operations: 0, of_a_run: 0 };
  for (const peer of peers) {
    let best: Measured | undefined;
    for (let i = 0; i < repeats; i++) {
      const measured = await peer.measure(folder, scratch);
      if (!measured) break;
      if (measured.operations !== undefined && measured.operations !== counted.operations) {
        throw new Error(`${peer.name} read ${measured.operations} operations, ingest ${counted.operations}`);
      }
      best = {
        seconds: Math.min(best?.seconds ?? Infinity, measured.seconds),
        cpuSeconds: Math.min(best?.cpuSeconds ?? Infinity, measured.cpuSeconds),
        peakMegabytes: Math.max(best?.peakMegabytes ?? 0, measured.peakMegabytes),
      };
    }
    if (!best) {
      say(`${peer.name} is not installed here: left out`);
      continue;
    }
    let size: number | null = null;
    if (peer === ours) {
      counted = await countRows(join(scratch, 'dataset'), table);
      size = statSync(join(scratch, 'dataset', `${table}.parquet`)).size / counted.operations;
    }
    results.push({
      ...best,
      input,
      tool: peer.name,
      ...counted,
      input_MB: Math.round(bytes / 1e6),
      s: best.seconds,
      cpu_s: best.cpuSeconds,
      peak_MB: Math.round(best.peakMegabytes),
      million_per_s: counted.operations / best.seconds / 1e6,
      bytes_an_operation: size,
    });
    say(`${input}: ${peer.name}: ${best.seconds.toFixed(2)} s`);
  }
  return results;
}

function bytesOfResults(folder: string): number {
  const files = findRuns([folder]).found.flatMap((found) => resultsFiles(found.folder));
  return files.reduce((sum, { path }) => sum + statSync(path).size, 0);
}

async function countRows(folder: string, table: 'operations' | 'attempts') {
  const dataset = await openDataset(folder);
  const [row] = await dataset.query<Pick<Result, 'operations' | 'of_a_run'>>(
    `select sum(n)::BIGINT as operations, max(n) as of_a_run from (select count(*) as n from ${table} group by run_id)`,
  );
  dataset.close();
  return row!;
}

export const COLUMNS = [
  'input',
  'operations',
  'of_a_run',
  'input_MB',
  'tool',
  's',
  'cpu_s',
  'peak_MB',
  'million_per_s',
  'bytes_an_operation',
] as const;

function report(results: readonly Result[]): void {
  process.stdout.write(
    `\n${cpus()[0]?.model}, ${availableParallelism()} cores; input read before, best of several\n`,
  );
  for (const { name, about } of PEERS) process.stdout.write(`${name}: ${about}\n`);
  process.stdout.write(`\n${textTable(COLUMNS, results, 2)}\n`);
  const own = results.filter(({ tool }) => tool === ours.name);
  for (const { input, seconds, cpuSeconds } of own) {
    const others = results.filter((other) => other.input === input && other.tool !== ours.name);
    for (const other of others) {
      const times = other.seconds / seconds;
      const cpu = other.cpuSeconds / cpuSeconds;
      process.stdout.write(
        `${input}: ${times.toFixed(1)} times as fast as ${other.tool} (in CPU time ${cpu.toFixed(1)} times)\n`,
      );
      // beside it, for whoever would write a parser of their own in Python, the lightest way there is
      if (other.tool === pandas.name)
        bar(`at least ${BARS.timesPandas} times as fast as ${other.tool}`, times >= BARS.timesPandas);
    }
  }
  for (const { input, of_a_run, peakMegabytes } of own) {
    const most = BARS.peakMegabytes + (BARS.peakBytesAnOperationOfARun * of_a_run) / 1e6;
    bar(
      `${input}: memory below ${BARS.peakMegabytes} MB and ${BARS.peakBytesAnOperationOfARun} bytes an operation of its longest run: ${peakMegabytes.toFixed(0)} of ${most.toFixed(0)} MB`,
      peakMegabytes < most,
    );
  }
  const size = own[0]!.bytes_an_operation!;
  bar(
    `at most ${BARS.bytesAnOperation} bytes an operation: ${size.toFixed(2)}`,
    size <= BARS.bytesAnOperation,
  );
  const [ten, hundred] = own.slice(1);
  if (!ten || !hundred) return;
  const growth = hundred.cpuSeconds / hundred.operations / (ten.cpuSeconds / ten.operations);
  bar(
    `time linear: an operation takes the CPU ${growth.toFixed(2)} times as long at 100× as at 10×`,
    growth <= BARS.timeGrowth,
  );
}

/** Prints what `ingest` would be with DuckDB's writer, as far as CPU time tells. */
function reportWriters(ingest: Result, written: readonly Written[]): void {
  const rows = written.map(({ writer, seconds, cpuSeconds, bytes }) => ({
    writer,
    s: seconds,
    cpu_s: cpuSeconds,
    bytes_an_operation: bytes / ingest.operations,
  }));
  process.stdout.write(`\n${ingest.input}: its operations, in memory, written as Parquet\n\n`);
  process.stdout.write(`${textTable(['writer', 's', 'cpu_s', 'bytes_an_operation'], rows, 2)}\n`);
  const [own, ...others] = rows;
  for (const { writer, cpu_s, bytes_an_operation } of others) {
    const timesAsFast = ingest.cpu_s / (ingest.cpu_s - own!.cpu_s + cpu_s);
    const enough = bytes_an_operation <= ENOUGH.bytesAnOperation && timesAsFast >= ENOUGH.timesAsFast;
    process.stdout.write(
      `  ${writer}: ingest would be ${timesAsFast.toFixed(2)} times as fast in CPU time: ${enough ? 'enough' : 'not enough'} to take the place of ours, from ${ENOUGH.bytesAnOperation} bytes and ${ENOUGH.timesAsFast} times\n`,
    );
  }
}

export function bar(what: string, holds: boolean): void {
  process.stdout.write(`  ${holds ? 'holds' : 'DOES NOT HOLD'}: ${what}\n`);
  if (!holds) process.exitCode = 1;
}

function say(words: string): void {
  process.stderr.write(`${words}\n`);
}
