import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagePath } from '../common/paths.js';
import { textTable } from '../common/table.js';
import { OPERATION_OUTCOME } from '../dataset/client-sql.js';
import { ask, literal, openDuck } from '../dataset/duck.js';
import { ATTEMPTS_FILE, CLIENT_FILE } from '../ingest/attempts.js';
import { BARS, bar, COLUMNS, measure, type Result } from '../ingest/bench.js';
import { ours, pandasAttempts } from '../ingest/bench-peers.js';
import { clientText } from './made-up-client.js';
import { writeCapture } from './made-up-runs.js';

/** What a client recorded on a real cluster. */
const ATTEMPTS = packagePath('data/faults/attempts.parquet');
const DURATION_S = 20;
const ADDRESS = `CASE node WHEN 'raft1' THEN 'a:1' WHEN 'raft2' THEN 'b:1' WHEN 'raft3' THEN 'c:1' END AS node`;

/** How often the attempts that are shipped are read at once. */
const COPIES = [1, 4];
const REPEATS = 3;

/** Measures ingest of what a client recorded beside pandas; ends with 1 where its time is not linear. */
export async function run(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'bench-attempts-'));
  const results: Result[] = [];
  try {
    for (const copies of COPIES) {
      const folder = join(scratch, 'attempts');
      const bytes = await writeAttempts(folder, copies);
      const name = `attempts of a client, ${copies}×`;
      results.push(
        ...(await measure(name, folder, scratch, [ours, pandasAttempts], REPEATS, 'attempts', bytes)),
      );
      rmSync(folder, { recursive: true });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  report(results);
}

function report(results: readonly Result[]): void {
  process.stdout.write(`\n${pandasAttempts.name}: ${pandasAttempts.about}\n`);
  process.stdout.write(`\n${textTable(COLUMNS, results, 2)}\n`);
  for (const mine of results.filter(({ tool }) => tool === ours.name)) {
    const peer = results.find(({ input, tool }) => input === mine.input && tool !== ours.name);
    if (peer)
      process.stdout.write(`${mine.input}: ${(peer.s / mine.s).toFixed(2)} times as fast as ${peer.tool}\n`);
  }
  const [small, large] = results.filter(({ tool }) => tool === ours.name);
  if (!small || !large) return;
  const growth = large.cpu_s / large.operations / (small.cpu_s / small.operations);
  bar(
    `time linear: an attempt takes the CPU ${growth.toFixed(2)} times as long at ${large.operations} as at ${small.operations}`,
    growth <= BARS.timeGrowth,
  );
}

/**
 * Writes captures of the runs whose attempts data/faults has, each so many times, by the client's own clock and in its format.
 * @returns the bytes of their files
 */
async function writeAttempts(folder: string, copies: number): Promise<number> {
  const duck = await openDuck({ threads: '2' });
  let bytes = 0;
  try {
    const runs = await ask<{ run_id: string; first: bigint }>(
      duck,
      `SELECT run_id, min(intended_ns) AS first FROM ${literal(ATTEMPTS)} GROUP BY run_id ORDER BY run_id`,
    );
    mkdirSync(folder, { recursive: true });
    for (const { run_id, first } of runs) {
      const file = join(folder, ATTEMPTS_FILE);
      const reading = (name: string) => `${name} - ${first} + 5000000 AS ${name}`;
      const times = ['intended_ns', 'sent_ns', 'done_ns'].map(reading).join(', ');
      await duck.connection.run(
        `COPY (SELECT * EXCLUDE run_id REPLACE (${times}, ${ADDRESS}, final::INTEGER AS final)
               FROM ${literal(ATTEMPTS)} WHERE run_id = ${literal(run_id)} ORDER BY operation, attempt)
         TO ${literal(file)} (FORMAT csv, HEADER)`,
      );
      const [totals] = await ask<Record<string, bigint>>(
        duck,
        `SELECT count(*) AS offered, count(*) FILTER (outcome = 'ok') AS ok, count(*) FILTER (outcome = 'fail') AS fail,
           count(*) FILTER (outcome = 'unknown') AS unknown, count(*) FILTER (outcome = 'dropped') AS dropped
         FROM (SELECT ${OPERATION_OUTCOME} AS outcome FROM ${literal(ATTEMPTS)} WHERE run_id = ${literal(run_id)} GROUP BY operation)`,
      );
      const counts = Object.fromEntries(
        Object.entries(totals!).map(([outcome, count]) => [outcome, Number(count)]),
      );
      const results = {
        [ATTEMPTS_FILE]: readFileSync(file, 'utf8'),
        [CLIENT_FILE]: clientText(counts, DURATION_S),
      };
      for (let copy = 0; copy < copies; copy++) {
        writeCapture(join(folder, `${run_id}-${copy}`), {
          run: { workload: 'registers', driver_node: 'client', driver_role: 'client', workers: 8 },
          results,
        });
      }
      bytes += statSync(file).size * copies;
      rmSync(file);
    }
  } finally {
    duck.close();
  }
  return bytes;
}
