import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../common/paths.js';
import { OPERATION_OUTCOME } from '../dataset/client-sql.js';
import { ask, literal, openDuck } from '../dataset/duck.js';
import { clientText } from '../testing/made-up-client.js';
import { writeCapture } from '../testing/made-up-runs.js';
import { ATTEMPTS_FILE, CLIENT_FILE } from './attempts.js';

/** What a client recorded on a real cluster. */
const ATTEMPTS = packagePath('data/faults/attempts.parquet');
const DURATION_S = 20;
const ADDRESS = `CASE node WHEN 'raft1' THEN 'a:1' WHEN 'raft2' THEN 'b:1' WHEN 'raft3' THEN 'c:1' END AS node`;

/**
 * Writes captures of the runs whose attempts data/faults has, each so many times, by the client's own clock and in its format.
 * @returns how many attempts there are, and the bytes of their files
 */
export async function writeAttempts(
  folder: string,
  copies: number,
): Promise<{ attempts: number; bytes: number }> {
  const duck = await openDuck({ threads: '2' });
  let [attempts, bytes] = [0, 0];
  try {
    const runs = await ask<{ run_id: string; n: bigint; first: bigint }>(
      duck,
      `SELECT run_id, count(*) AS n, min(intended_ns) AS first FROM ${literal(ATTEMPTS)} GROUP BY run_id ORDER BY run_id`,
    );
    mkdirSync(folder, { recursive: true });
    for (const { run_id, n, first } of runs) {
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
      attempts += Number(n) * copies;
      bytes += statSync(file).size * copies;
      rmSync(file);
    }
  } finally {
    duck.close();
  }
  return { attempts, bytes };
}
