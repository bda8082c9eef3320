import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { execaNode } from 'execa';
import { textTable } from '../common/table.js';
import type { Operation } from './history.js';

/** What is held to, at the largest size. */
const BARS = { seconds: 10, megabytes: 1000, timeGrowth: 2 };

const SIZES = [10_000, 30_000, 100_000];
const REPEATS = 2;

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
 * Measures the checker on made-up histories of 10,000 to 100,000 operations, valid ones and, of lists, one that is
 * broken in two places far apart; says which bars hold, and ends with 1 where one does not.
 */
export async function run(): Promise<void> {
  const results: Result[] = [];
  for (const workload of [...Object.keys(WORKLOADS), 'broken lists']) {
    for (const operations of SIZES) {
      let best: Result | undefined;
      for (let i = 0; i < REPEATS; i++) {
        const measured = await measure(workload, operations);
        if (!best || measured.s < best.s) best = measured;
      }
      results.push(best!);
    }
  }
  const columns = ['workload', 'operations', 'verdict', 's', 'us_an_operation', 'peak_MB'] as const;
  process.stdout.write(`\n${cpus()[0]?.model}, ${availableParallelism()} cores; best of ${REPEATS}\n`);
  process.stdout.write('peak_MB is of a process that makes the history, too\n');
  process.stdout.write(`\n${textTable(columns, results, 2)}\n`);
  for (const workload of new Set(results.map((result) => result.workload))) {
    const own = results.filter((result) => result.workload === workload);
    const [smallest, largest] = [own[0]!, own.at(-1)!];
    const growth = largest.us_an_operation / smallest.us_an_operation;
    const all = `${workload}: ${largest.operations} operations`;
    bar(`${all} in less than ${BARS.seconds} s: ${largest.s.toFixed(2)} s`, largest.s < BARS.seconds);
    bar(`${all} in ${BARS.megabytes} MB: ${largest.peak_MB} MB`, largest.peak_MB < BARS.megabytes);
    bar(
      `${workload}: linear: an operation takes ${growth.toFixed(2)} times as long as of ${smallest.operations}`,
      growth < BARS.timeGrowth,
    );
  }
}

/** In a process of its own, so that its memory is its own. */
async function measure(workload: string, operations: number): Promise<Result> {
  const script = fileURLToPath(new URL('./bench-once.js', import.meta.url));
  const kinds = WORKLOADS[workload] ?? WORKLOADS['lists']!;
  const broken = !(workload in WORKLOADS);
  const { stdout } = await execaNode(script, [String(operations), String(broken), ...kinds]);
  const { seconds, megabytes, verdict } = JSON.parse(stdout) as {
    seconds: number;
    megabytes: number;
    verdict: string;
  };
  return {
    workload,
    operations,
    verdict,
    s: seconds,
    us_an_operation: (seconds / operations) * 1e6,
    peak_MB: megabytes,
  };
}

function bar(what: string, holds: boolean): void {
  process.stdout.write(`  ${holds ? 'holds' : 'DOES NOT HOLD'}: ${what}\n`);
  if (!holds) process.exitCode = 1;
}
