import { IS_READ, OPERATION_OUTCOME } from './client-sql.js';
import { ask, type Duck, literal } from './duck.js';

/** More operations than these would take too much memory: of more, every n-th is taken. */
export const MOST_FLAT = 40_000_000;

/** What {@link defineFlat} made. */
export interface Flat {
  /** How many operations the dataset has. */
  readonly operations: number;
  /** Of how many of them one is in the table. */
  readonly every: number;
  /** How many runs have operations in the table. */
  readonly runs: number;
  /** How many complete runs have none: of these only results were kept. */
  readonly summarised: number;
}

/**
 * Makes two tables in memory, for questions across runs that have to be answered at once: `ops`, an operation of whatever
 * load (of the client, over all its attempts) with what its run was, and `marks`, the events of runs. Times are in seconds
 * since the workload of the run began, latencies in ms, of what was ok: of the client since the operation was due, of
 * 2022's benchmark since it was sent.
 */
export async function defineFlat(duck: Duck, most = MOST_FLAT): Promise<Flat> {
  const [counted] = await ask<{ n: bigint }>(
    duck,
    'SELECT (SELECT count(*) FROM operations) + (SELECT count(DISTINCT (run_id, operation)) FROM attempts) AS n',
  );
  const operations = Number(counted!.n);
  const every = Math.max(1, Math.ceil(operations / most));
  for (const sql of [...enums(), STARTS, ops(every), MARKS, 'CREATE SCHEMA mosaic'])
    await duck.connection.run(sql);
  const [told] = await ask<{ runs: bigint; summarised: bigint }>(
    duck,
    `WITH told AS (SELECT DISTINCT run_id::VARCHAR AS run_id FROM ops)
     SELECT (SELECT count(*) FROM told) AS runs,
       (SELECT count(*) FROM (SELECT run_id FROM runs WHERE status = 'complete' EXCEPT FROM told)) AS summarised`,
  );
  return { operations, every, runs: Number(told!.runs), summarised: Number(told!.summarised) };
}

/** Names by their places take a byte or two instead of a text, and are compared as such. */
const NAMES = {
  run_name: 'run_id',
  scenario_name: 'scenario',
  fault_name: 'fault',
  role_name: 'target_role',
  workload_name: 'workload',
  release_name: 'debian_release',
};

function enums(): string[] {
  return Object.entries(NAMES).map(
    ([type, column]) =>
      `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT coalesce(${column}, 'unknown') AS name FROM runs ORDER BY name)`,
  );
}

const STARTS = `
  CREATE TEMP TABLE starts AS
  SELECT run_id, coalesce(min(time_ns) FILTER (event = 'workload_started'), min(time_ns)) AS start_ns
  FROM events GROUP BY run_id`;

const RUN_COLUMNS = Object.entries(NAMES)
  .filter(([, column]) => column !== 'run_id')
  .map(([type, column]) => `coalesce(${column}, 'unknown')::${type} AS ${column}`)
  .join(', ');

function ops(every: number): string {
  const some = (counter: string) => (every > 1 ? `WHERE ${counter} % ${every} = 0` : '');
  return `
  CREATE TABLE ops AS
  WITH every_op AS (
    SELECT run_id, if(op = 'query', 'read', 'write') AS op, outcome, start_ns AS begun_ns, latency_ns
    FROM operations ${some('seq')}
    UNION ALL
    SELECT run_id, if(${IS_READ.replace('op ', 'any_value(op) ')}, 'read', 'write'), ${OPERATION_OUTCOME}, min(intended_ns),
      min(done_ns) FILTER (outcome = 'ok') - min(intended_ns)
    FROM attempts ${some('operation')} GROUP BY run_id, operation
  ), told AS (
    SELECT run_id, start_ns, ${RUN_COLUMNS} FROM runs LEFT JOIN starts USING (run_id)
  )
  SELECT run_id::run_name AS run_id, told.* EXCLUDE (run_id, start_ns), op::ENUM ('read', 'write') AS op,
    outcome::ENUM ('ok', 'fail', 'unknown', 'indeterminate', 'censored', 'dropped') AS outcome,
    ((begun_ns - start_ns) / 1e9)::FLOAT AS t_s, (latency_ns / 1e6)::FLOAT AS latency_ms,
    log10(nullif(latency_ns, 0) / 1e6)::FLOAT AS log10_ms
  FROM every_op JOIN told USING (run_id)`;
}

const MARKS = `
  CREATE TABLE marks AS
  SELECT run_id::run_name AS run_id, ((time_ns - start_ns) / 1e9)::FLOAT AS t_s, event, node, detail
  FROM events JOIN starts USING (run_id) ORDER BY run_id, time_ns`;

/** Lets a database read no files but those of a folder, and lets nobody change that. */
export async function keepTo(duck: Duck, folder: string): Promise<void> {
  await duck.connection.run(`SET allowed_directories = [${literal(folder)}]`);
  await duck.connection.run('SET enable_external_access = false');
  await duck.connection.run('SET lock_configuration = true');
}
