import type { Duck } from './duck.js';
import { type Column, TABLES, type Table } from './schema.js';
import { defineTable } from './views.js';

/**
 * Format 1, before there were results and evidence: a fault was confirmed by a sentence in `runs`, and what operations
 * that were left out had come to stood in four tables of their own (see `results/core/format-1.ts`). Three names
 * have changed since: `fault_proven` is `fault_confirmed`, `flags` is `run_flags`, and the event of the first is named alike.
 */
export async function defineTables1(duck: Duck, folder: string): Promise<void> {
  for (const table of [TABLES.operations, TABLES.attempts, TABLES.samples, TABLES.sources])
    await defineTable(duck, folder, table);
  await defineTable(duck, folder, TABLES_1.runs, 'runs_1');
  await defineTable(duck, folder, TABLES_1.events, 'events_1');
  await duck.connection.run(EVENTS);
  await duck.connection.run(EVIDENCE);
  await duck.connection.run(RUNS);
}

const text = (name: string): Column => ({ name, type: 'VARCHAR', about: 'As in format 1', optional: true });

const CHANGED: Record<string, Column> = {
  fault_confirmed: { ...text('fault_proven'), type: 'BOOLEAN' },
  run_flags: text('flags'),
};

/** The tables whose columns or values were others in format 1. */
export const TABLES_1: { runs: Table; events: Table } = {
  runs: {
    ...TABLES.runs,
    columns: [
      ...TABLES.runs.columns
        .filter(({ name }) => name !== 'failure')
        .map((column): Column => CHANGED[column.name] ?? column),
      text('fault_evidence'),
    ],
  },
  events: {
    ...TABLES.events,
    columns: TABLES.events.columns.map((column): Column => {
      return column.name === 'event' ? { name: 'event', type: 'VARCHAR', about: 'What' } : column;
    }),
  },
};

const EVENTS = `
  CREATE TABLE events AS
  SELECT * REPLACE (if(event = 'fault_proven', 'fault_confirmed', event) AS event) FROM events_1`;

const number = (pattern: string) => `regexp_extract(fault_evidence, '${pattern}', 1)::DOUBLE`;
const sentence = (
  metric: string,
  node: string,
  during: string,
  threshold: string,
  unit: string,
  like: string,
) => `
  SELECT run_id, '${metric}' AS metric, ${node} AS node, NULL::DOUBLE AS before, ${during} AS during,
    ${threshold}::DOUBLE AS threshold, '${unit}' AS unit
  FROM runs_1 WHERE fault_evidence LIKE '${like}'`;

/**
 * What the sentences said, in numbers. Two kinds of fault had a sentence that showed nothing: that a CPU limit had
 * held the node back for a moment, and that a memory limit was set. For the first, the samples tell for how much of
 * the fault it was held back; for the second, only that a node was killed for memory is evidence.
 */
const EVIDENCE = `
  CREATE TABLE evidence AS
  WITH bounds AS (
    SELECT run_id, target_node, min(time_ns) FILTER (event = 'fault_injected') AS from_ns,
      coalesce(min(time_ns) FILTER (event = 'fault_lifted'), max(time_ns) FILTER (event = 'workload_ended'), max(time_ns)) AS to_ns
    FROM runs_1 JOIN events USING (run_id) WHERE fault = 'cpu-limit' AND fault_proven IS NOT NULL GROUP BY ALL
  ), throttled AS (
    SELECT b.run_id, target_node,
      (max(cpu_throttled_ns) - min(cpu_throttled_ns))::DOUBLE / (any_value(to_ns) - any_value(from_ns)) AS share
    FROM bounds b JOIN samples s ON s.run_id = b.run_id AND s.node = b.target_node AND s.time_ns BETWEEN from_ns AND to_ns
    GROUP BY ALL
  )
  SELECT run_id, 1 AS fault_no, * EXCLUDE (run_id) FROM (
    SELECT run_id, 'throttled_share' AS metric, target_node AS node, NULL::DOUBLE AS before, share AS during,
      0.05::DOUBLE AS threshold, 'share' AS unit FROM throttled WHERE share IS NOT NULL
    UNION ALL SELECT run_id, 'memory_kills', target_node, NULL, 1, 1, 'kills'
      FROM runs_1 WHERE fault = 'memory-limit' AND flags LIKE '%driver_killed_for_memory%' AND target_node IS NOT NULL
    UNION ALL SELECT run_id, 'write_rate', target_node, 1000 * ${number(', (\\d+) kB/s before$')},
      1000 * ${number('wrote (\\d+) kB/s')}, 500 * ${number(', (\\d+) kB/s before$')}, 'bytes_per_s'
      FROM runs_1 WHERE fault_evidence LIKE '%wrote % kB/s at a limit of %'
    UNION ALL ${sentence('burner_cpu_time', `'host'`, number('used ([\\d.]+) s'), '0.1', 's', 'the burners used %')}
    UNION ALL ${sentence('exit_code', 'target_node', number('exited with (\\d+)'), '0', 'code', '%exited with%')}
    UNION ALL ${sentence('cpu_time', 'target_node', '0', '0', 'ns', '%used no CPU time while frozen')}
    UNION ALL ${sentence('packets_dropped', 'target_node', number('(\\d+) packets dropped'), '1', 'packets', '%packets dropped')}
    UNION ALL ${sentence('packets_queued', 'target_node', number('(\\d+) packets had to wait'), '1', 'packets', '%packets had to wait%')}
    UNION ALL ${sentence('packets_delayed', 'target_node', number('(\\d+) packets sent'), '1', 'packets', '%packets sent through netem')}
  ) ORDER BY run_id, metric, node`;

/** At most what the threshold says confirms these; at least, all others. */
const AT_MOST = `('write_rate', 'cpu_time')`;

const RUNS = `
  CREATE TABLE runs AS
  WITH confirmed AS (
    SELECT DISTINCT run_id FROM evidence
    WHERE if(metric IN ${AT_MOST}, during <= threshold, during >= threshold)
  )
  SELECT ${TABLES.runs.columns.map(({ name }) => `${selected()[name] ?? `"${name}"`} AS "${name}"`).join(', ')}
  FROM runs_1`;

function selected(): Record<string, string> {
  return {
    failure: `CASE WHEN status <> 'failed' THEN NULL
      WHEN flags LIKE '%driver_killed_for_memory%' THEN 'killed_for_memory'
      WHEN status_reason LIKE 'the workload did not start%' THEN 'workload_not_started'
      WHEN status_reason LIKE 'there was no leader%' THEN 'no_leader'
      WHEN status_reason LIKE 'the driver % ended with%' THEN 'driver_failed'
      WHEN status_reason LIKE 'the driver did not end%' THEN 'not_ended'
      WHEN status_reason LIKE 'the driver left no results%' THEN 'no_results'
      WHEN status_reason LIKE 'no leader answered%' THEN 'not_counted'
      WHEN status_reason LIKE 'the system% clock was set%' THEN 'clock_stepped' END`,
    fault_confirmed: 'if(fault_proven IS NULL, NULL, run_id IN (SELECT run_id FROM confirmed))',
    run_flags: `if(flags = 'driver_killed_for_memory', NULL, flags)`,
  };
}
