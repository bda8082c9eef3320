import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError, unknownName } from '../common/errors.js';
import { readDataPackage } from '../dataset/datapackage.js';
import { ask, type Duck, literal } from '../dataset/duck.js';
import { type Row, TABLES } from '../dataset/schema.js';
import { defineTable } from '../dataset/views.js';
import type { AttemptRow } from './attempts.js';

const ATTEMPTS_FILE = TABLES.attempts.file;

/** What the checker needs of the table `attempts`. */
const COLUMNS = ['operation', 'attempt', 'client', 'op', 'key', 'argument', 'result'] as const;
const ABOUT = ['outcome', 'node'] as const;
const TIMES = ['intended_ns', 'sent_ns', 'done_ns'] as const;

/**
 * The runs of a dataset that have attempts, or the one that was asked for, by name.
 * @throws UserError where there is no dataset, none of its runs has attempts, or not the one that was asked for
 */
export async function runsWithAttempts(duck: Duck, folder: string, run?: string): Promise<string[]> {
  const path = join(folder, ATTEMPTS_FILE);
  if (!existsSync(path)) {
    await readDataPackage(folder);
    throw new UserError(
      `${folder} has no ${ATTEMPTS_FILE}: its runs were made with the 2022 benchmark, which records no keys and no values, so that nothing can be said of their consistency. Collect runs with the workloads of the client (registers, lists), and check those`,
    );
  }
  const rows = await ask<{ run_id: string }>(
    duck,
    `select distinct run_id from read_parquet(${literal(path)}) order by run_id`,
  );
  const runs = rows.map(({ run_id }) => run_id);
  if (run === undefined) return runs;
  if (!runs.includes(run)) throw unknownName('run with attempts', run, runs);
  return [run];
}

/** What is known of a run beforehand. */
export type RunAbout = Pick<Row<'runs'>, (typeof ABOUT_RUN)[number]>;
const ABOUT_RUN = [
  'run_id',
  'scenario',
  'workload',
  'debian_release',
  'fault_confirmed',
  'consistency_expected',
] as const;

/** What a dataset's runs are about, where it has a table of them. */
export async function aboutRuns(duck: Duck, folder: string): Promise<Map<string, RunAbout>> {
  await defineTable(duck, folder, TABLES.runs, 'about_runs');
  const rows = await ask<RunAbout>(duck, `select ${ABOUT_RUN.join(', ')} from about_runs`);
  return new Map(rows.map((row) => [row.run_id, row]));
}

/** When a run's first operation was due, or sent: what its attempts' times are told from. */
export async function firstInstant(duck: Duck, folder: string, run: string): Promise<bigint> {
  const [found] = await ask<{ first_ns: bigint }>(
    duck,
    `select min(least(intended_ns, sent_ns)) as first_ns from read_parquet(${literal(join(folder, ATTEMPTS_FILE))})
     where run_id = ${literal(run)}`,
  );
  return found!.first_ns;
}

/** A run's attempts. Times are ns from the first that the run has, since Unix time is beyond a number's exact ones. */
export async function attemptsOf(duck: Duck, folder: string, run: string): Promise<AttemptRow[]> {
  const times = TIMES.map((name) => `(${name} - first_ns)::double as ${name}`);
  return ask<AttemptRow & object>(
    duck,
    `with own as (select * from read_parquet(${literal(join(folder, ATTEMPTS_FILE))}) where run_id = ${literal(run)}),
       clock as (select min(least(intended_ns, sent_ns)) as first_ns from own)
     select ${[...COLUMNS, ...times, ...ABOUT].join(', ')} from own, clock order by operation, attempt`,
  );
}
