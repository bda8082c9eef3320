import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaNode } from 'execa';
import { textTable } from '../common/table.js';
import type { Operation } from './history.js';

/** What is held to: time and memory at one size, and how much longer an operation may take at four times that size. */
const BARS = { operations: 100_000, seconds: 10, megabytes: 1000, timeGrowth: 2 };

const SIZES = [BARS.operations, 400_000];
/** How often each is measured, the best of which counts; `BENCH_REPEATS=1` is enough where minutes are few. */
const REPEATS = Number(process.env['BENCH_REPEATS'] ?? 2);

/** What a run's clients may do. */
const WORKLOADS: Readonly<Record<string, readonly Operation['kind'][]>> = {
  registers: ['read', 'write'],
  'compare-and-set': ['read', 'read', 'write', 'cas'],
  lists: ['append', 'read-list'],
  transactions: ['txn'],
};

interface Result {
  workload: string;
  operations: number;
  verdict: string;
  s: number;
  us_an_operation: number;
  peak_MB: number;
}

/**
 * Measures the checker, from the file to the verdict, on made-up histories of 100,000 and 400,000 operations, valid ones
 * and, of lists, one that is broken in two places far apart; says which bars hold, and ends with 1 where one does not.
 */
export async function run(): Promise<void> {
  const results: Result[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'bench-check-'));
  try {
    for (const workload of [...Object.keys(WORKLOADS), 'broken lists']) {
      for (const operations of SIZES) results.push(await best(workload, operations, folder));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const columns = ['workload', 'operations', 'verdict', 's', 'us_an_operation', 'peak_MB'] as const;
  process.stdout.write(`\n${cpus()[0]?.model}, ${availableParallelism()} cores; best of ${REPEATS}\n`);
  process.stdout.write(`\n${textTable(columns, results, 2)}\n`);
  for (const workload of new Set(results.map((result) => result.workload))) {
    const own = results.filter((result) => result.workload === workload);
    const [most, largest] = [own.find(({ operations }) => operations === BARS.operations)!, own.at(-1)!];
    const growth = largest.us_an_operation / most.us_an_operation;
    const all = `${workload}: ${most.operations} operations`;
    bar(
      `${all} in less than ${BARS.seconds} s: ${most.s.toFixed(2)} s, ${share(most.s / BARS.seconds)}`,
      most.s < BARS.seconds,
    );
    bar(
      `${all} in ${BARS.megabytes} MB: ${most.peak_MB} MB, ${share(most.peak_MB / BARS.megabytes)}`,
      most.peak_MB < BARS.megabytes,
    );
    bar(
      `${workload}: linear: of ${largest.operations} an operation takes ${growth.toFixed(2)} times as long`,
      growth < BARS.timeGrowth,
    );
  }
}

async function best(workload: string, operations: number, folder: string): Promise<Result> {
  const kinds = WORKLOADS[workload] ?? WORKLOADS['lists']!;
  const broken = !(workload in WORKLOADS);
  await once('make', folder, String(operations), String(broken), ...kinds);
  const measured: { seconds: number; megabytes: number; verdict: string }[] = [];
  for (let i = 0; i < REPEATS; i++) measured.push(JSON.parse(await once('check', folder)));
  const { seconds: s, megabytes: peak_MB, verdict } = measured.sort((a, b) => a.seconds - b.seconds)[0]!;
  return { workload, operations, verdict, s, us_an_operation: (s / operations) * 1e6, peak_MB };
}

/** In a process of its own, so that its memory is its own. */
async function once(...args: string[]): Promise<string> {
  const { stdout } = await execaNode(fileURLToPath(new URL('./bench-once.js', import.meta.url)), args);
  return stdout;
}

/** How much of a bar is used. */
function share(of: number): string {
  return `${of.toFixed(2)} of it`;
}

function bar(what: string, holds: boolean): void {
  process.stdout.write(`  ${holds ? 'holds' : 'DOES NOT HOLD'}: ${what}\n`);
  if (!holds) process.exitCode = 1;
}
