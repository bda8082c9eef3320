import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { duckdb } from '../common/bundled/duckdb.js';
import { writeDataPackage } from '../dataset/datapackage.js';
import { TABLES, type Table } from '../dataset/schema.js';
import { storeResults } from '../results/core/store.js';
import { ALL_TABLES } from '../results/core/tables.js';
import { type Plan, plans } from './synthetic-plans.js';

const { DuckDBInstance } = duckdb;

export interface SyntheticOptions {
  /** About how many operations the whole dataset has. Default: 150,000. */
  operations?: number;
  /** The runs to make. Default: those of `plans()`. */
  plans?: readonly Plan[];
  /** Which of the planned runs to make. Default: all of them. */
  keep?: (plan: Plan) => boolean;
  /** Changes the plan of each run. Default: none. */
  change?: (plan: Plan) => Plan;
}

/**
 * Writes a made-up dataset whose truth is known: rates, outages and error shares come from `synthetic-plans.ts`, the
 * scatter from DuckDB's hash of row numbers, so the same call gives the same rows. For tests and benchmarks only.
 */
export async function writeSyntheticDataset(dir: string, options: SyntheticOptions = {}): Promise<void> {
  const chosen = (options.plans ?? plans())
    .filter(options.keep ?? (() => true))
    .map(options.change ?? ((plan) => plan));
  const planned = chosen.reduce((sum, plan) => sum + plan.reads_per_s * plan.duration_s, 0);
  const scale = (options.operations ?? 150_000) / Math.max(planned, 1);
  await mkdir(dir, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const table of Object.values(TABLES)) await connection.run(createTable(table));
    const json = JSON.stringify(chosen.map((plan) => ({ ...plan, scale })));
    await connection.run(`CREATE TABLE plan AS SELECT unnest(from_json($json, $shape), recursive := true)`, {
      json,
      shape: JSON.stringify([PLAN_SHAPE]),
    });
    for (const sql of FILL) await connection.run(sql);
    for (const table of Object.values(TABLES)) await connection.run(copyTable(table, dir));
    await storeResults(dir);
    await writeDataPackage(
      dir,
      {
        name: 'synthetic',
        title: 'A made-up dataset',
        description: 'Rows whose truth is known, for tests and benchmarks.',
        created: '2026-01-01T00:00:00.000Z',
        contributors: [{ title: 'dqlite-reliability' }],
      },
      ALL_TABLES,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function createTable(table: Table): string {
  return `CREATE TABLE ${table.name} (${table.columns.map((c) => `${c.name} ${c.type}`).join(', ')})`;
}

function copyTable(table: Table, dir: string): string {
  const path = join(dir, table.file).replaceAll("'", "''");
  const format = table.file.endsWith('.csv') ? 'FORMAT csv, HEADER' : 'FORMAT parquet, COMPRESSION zstd';
  const rows =
    table.name === 'operations' ? `SELECT * REPLACE (${SEQ} AS seq) FROM operations` : `FROM ${table.name}`;
  return `COPY (FROM (${rows}) ORDER BY ${table.sortedBy.join(', ')}) TO '${path}' (${format})`;
}

const SEQ = `CAST(row_number() OVER (PARTITION BY run_id, op, worker ORDER BY outcome <> 'ok', start_ns) - 1 AS INTEGER)`;

const PLAN_SHAPE: Record<keyof Plan | 'scale', string> = {
  run_id: 'VARCHAR',
  scenario: 'VARCHAR',
  fault: 'VARCHAR',
  target_role: 'VARCHAR',
  target_node: 'VARCHAR',
  severity: 'DOUBLE',
  severity_unit: 'VARCHAR',
  inject_at_s: 'DOUBLE',
  lift_at_s: 'DOUBLE',
  workers: 'INTEGER',
  workload: 'VARCHAR',
  driver_role: 'VARCHAR',
  duration_s: 'DOUBLE',
  trial: 'INTEGER',
  debian_release: 'VARCHAR',
  fault_confirmed: 'BOOLEAN',
  status: 'VARCHAR',
  reads_per_s: 'DOUBLE',
  mean_ms: 'DOUBLE',
  locked_per_s: 'DOUBLE',
  outage_s: 'DOUBLE',
  position: 'INTEGER',
  scale: 'DOUBLE',
};

/** A number in [0, 1) that depends on the run, the worker, the row and `salt` alone. */
const uniform = (salt: number) => `((hash(run_id, worker, k, ${salt}) % 1000003) / 1000003.0)`;
/** Unix time in ns of the workload's start: runs lie 60 s apart. */
const START = '(1767225600000000000 + position * 60000000000)';
const INJECT = `(${START} + CAST(inject_at_s * 1e9 AS BIGINT))`;
const BACK = `(${INJECT} + CAST(outage_s * 1e9 AS BIGINT))`;

const FILL = [
  `INSERT INTO runs BY NAME
   SELECT run_id, 'synthetic' AS campaign, scenario, fault, target_role, target_node, severity, severity_unit,
     inject_at_s, lift_at_s, workers, workload, duration_s, trial, trial AS block, position,
     7 AS seed, 'raft1' AS driver_node, driver_role,
     strftime(make_timestamp(${START} // 1000), '%Y-%m-%dT%H:%M:%S.%fZ') AS started_at, status, fault_confirmed,
     workers * 100 AS acknowledged_writes, workers * 100 AS rows_found, 0.01 AS other_cpu_fraction,
     debian_release, CASE debian_release WHEN 'bookworm' THEN '1.11.1-1' WHEN 'sid' THEN '1.18.7-1' ELSE '1.18.1-1' END AS dqlite_version,
     4 AS host_cpus, 'compose' AS runtime, 'measured' AS source
   FROM plan`,
  // reads: evenly spaced over each worker's time after its writes; none starts within the outage
  `INSERT INTO operations (run_id, worker, op, start_ns, latency_ns, outcome, error, error_class)
   SELECT run_id, worker, 'query', start_ns,
     CAST(1e6 * mean_ms * (0.7 - 0.3 * ln(1 - ${uniform(2)})) * if(${uniform(3)} > 0.999, 8, 1) AS BIGINT), 'ok', NULL, NULL
   FROM (
     SELECT *, ${START} + CAST((k + ${uniform(1)}) * 1e9 * workers / (reads_per_s * scale) AS BIGINT) AS start_ns
     FROM (SELECT *, unnest(range(CAST(floor(reads_per_s * scale * duration_s / workers) AS BIGINT))) AS k
       FROM (SELECT *, unnest(range(workers)) AS worker FROM plan)))
   WHERE (outage_s IS NULL OR start_ns < ${INJECT} OR start_ns >= ${BACK})
     AND (workload = 'kvreadwrite' OR start_ns >= ${START} + 2000000000 + worker * 10000000)`,
  // writes: 100 succeed for each worker in the first two seconds
  `INSERT INTO operations (run_id, worker, op, start_ns, latency_ns, outcome, error, error_class)
   SELECT run_id, worker, 'exec', ${START} + k * 20000000, CAST(1e6 * mean_ms * (1.5 + ${uniform(4)}) AS BIGINT), 'ok', NULL, NULL
   FROM (SELECT *, unnest(range(100)) AS k FROM (SELECT *, unnest(range(workers)) AS worker FROM plan))`,
  `INSERT INTO operations (run_id, worker, op, start_ns, latency_ns, outcome, error, error_class)
   SELECT run_id, worker, 'exec', ${START} + CAST(k * 2e9 / (locked_per_s * 2 / workers) AS BIGINT), NULL, 'fail', 'database is locked', 'locked'
   FROM (SELECT *, unnest(range(CAST(locked_per_s * 2 / workers AS BIGINT))) AS k
     FROM (SELECT *, unnest(range(workers)) AS worker FROM plan WHERE workers > 1))`,
  // in the outage each worker fails four times a second, and once nobody can tell
  `INSERT INTO operations (run_id, worker, op, start_ns, latency_ns, outcome, error, error_class)
   SELECT run_id, worker, 'query', ${INJECT} + k * 250000000, NULL,
     if(k = 0, 'indeterminate', 'fail'), if(k = 0, 'EOF', 'no available dqlite leader server found'), if(k = 0, 'eof', 'no_leader')
   FROM (SELECT *, unnest(range(CAST(outage_s * 4 AS BIGINT))) AS k
     FROM (SELECT *, unnest(range(workers)) AS worker FROM plan WHERE outage_s IS NOT NULL))`,
  // two reads slip through while the fault takes hold
  `INSERT INTO operations (run_id, worker, op, start_ns, latency_ns, outcome, error, error_class)
   SELECT run_id, k, 'query', ${INJECT} + 300000, 400000, 'ok', NULL, NULL
   FROM (SELECT *, unnest(range(2)) AS k FROM plan WHERE outage_s IS NOT NULL)`,
  `INSERT INTO operations (run_id, worker, op, start_ns, latency_ns, outcome, error, error_class)
   SELECT run_id, 0, 'query', ${START} + CAST(duration_s * 1e9 AS BIGINT) - 1000, NULL, 'censored', 'context deadline exceeded', 'timeout' FROM plan`,
  `INSERT INTO events (run_id, time_ns, event, node, detail)
   SELECT run_id, ${START}, 'workload_started', 'raft1', NULL FROM plan
   UNION ALL SELECT run_id, ${START} + CAST(duration_s * 1e9 AS BIGINT), 'workload_ended', 'raft1', NULL FROM plan
   UNION ALL SELECT run_id, ${INJECT}, 'fault_injected', target_node, fault FROM plan WHERE fault <> 'none'
   UNION ALL SELECT run_id, ${START} + CAST(lift_at_s * 1e9 AS BIGINT), 'fault_lifted', target_node, fault FROM plan WHERE lift_at_s IS NOT NULL
   UNION ALL SELECT run_id, ${INJECT}, 'node_exited', target_node, NULL FROM plan WHERE fault = 'crash'
   UNION ALL SELECT run_id, ${BACK} - 400000000, 'leader_changed', 'raft2', 'raft1 to raft2' FROM plan WHERE outage_s IS NOT NULL`,
  `INSERT INTO evidence
   SELECT run_id, 1, 'exit_code', target_node, NULL, 137, 0, 'code' FROM plan WHERE fault = 'crash'`,
  `INSERT INTO samples
   SELECT run_id, ${START} + k * 250000000, node,
     CAST(k * 250e6 * if(node = 'raft1', 0.9, 0.3) * if(hit AND fault = 'cpu-limit', 0.5, 1) AS BIGINT),
     if(fault = 'cpu-limit' AND node = target_node, CAST(k * 250e6 * 0.6 AS BIGINT), 0),
     CAST(if(hit AND fault = 'memory-limit', severity * 1e6 * 0.98, 6e7 + k * 2e5) AS BIGINT),
     if(hit AND fault = 'memory-limit', CAST(severity * 1e6 AS BIGINT), NULL),
     if(hit AND fault = 'memory-limit', k * 40, 3), if(hit AND fault = 'memory-limit', k, 0), 0, k * 4096, k * 65536, k * 100000, k * 120000
   FROM (SELECT *, node = target_node AS hit FROM (SELECT *, unnest(['raft1', 'raft2', 'raft3']) AS node
     FROM (SELECT *, unnest(range(CAST(duration_s * 4 AS BIGINT))) AS k FROM plan)))
   WHERE NOT (fault = 'crash' AND node = target_node AND k * 0.25 >= inject_at_s)`,
];
