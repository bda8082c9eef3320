import { NO_FAULT } from '../vocabulary/faults.js';
import { BLOCKS } from './core/blocks.js';
import { cached } from './core/query.js';
import { type ResultRow, result } from './core/result.js';
import { CONFIRMED, FINAL, STARTS } from './core/setting.js';

/** A window shorter than this tells nothing, in s. */
export const LEAST_WINDOW_S = 1;

/** What must be equal for two runs to be compared in the same seconds. */
const SAME = ['campaign', 'source', 'runtime', 'debian_release', 'workload', 'workers'] as const;

const same = (a: string, b: string) => SAME.map((name) => `${a}.${name} IS NOT DISTINCT FROM ${b}.${name}`);

/**
 * SQL for the windows that each run has: a run with a fault its own, where there is a run without one to compare it
 * with; a run without a fault those of all runs that it is compared with.
 */
const PLANNED = `
  SELECT c.*, w.from_s AS begin_s, w.to_s AS end_s FROM (
    SELECT DISTINCT ${SAME.map((name) => `hit.${name}`).join(', ')}, hit.from_s, hit.to_s
    FROM place hit JOIN place base
      ON hit.fault <> '${NO_FAULT}' AND base.fault = '${NO_FAULT}' AND ${same('hit', 'base').join(' AND ')}
  ) w JOIN place c ON ${same('c', 'w').join(' AND ')}
    AND (c.fault = '${NO_FAULT}' OR (c.from_s = w.from_s AND c.to_s = w.to_s))`;

const PLACE = `
  SELECT *, coalesce(inject_at_s, 0) AS from_s, least(coalesce(lift_at_s, duration_s), duration_s) AS to_s
  FROM runs WHERE status = 'complete' AND ${FINAL} AND ${CONFIRMED}`;

/**
 * The windows in which runs are compared like with like.
 *
 * A run with a fault counts from the fault's injection to its lift, or to the workload's end where it is never lifted:
 * as its events say, or as planned where there is no event. A run without one counts in the same seconds of the
 * workload, once for each window that a fault had in a run that it can be compared with; where it ends sooner, as far
 * as it goes. In all of them only reads count, and only from when the last of the workers began to read: before that,
 * each writes the keys that it will read. Windows of less than {@link LEAST_WINDOW_S} are left out.
 */
export const windows = result({
  name: 'windows',
  version: 1,
  row: 'a span in which a run is compared with others: that of a fault, as `src/results/windows.ts` says',
  key: ['from_s', 'to_s'],
  columns: [
    { name: 'from_s', type: 'DOUBLE', unit: 's', about: 'Where it was planned to begin', minimum: 0 },
    { name: 'to_s', type: 'DOUBLE', unit: 's', about: 'Where it was planned to end', minimum: 0 },
    {
      name: 'seconds',
      type: 'DOUBLE',
      unit: 's',
      about: 'How much of it counts: after the write phase, and within the run',
      minimum: 0,
    },
    { name: 'reads_per_s', type: 'DOUBLE', about: 'Reads that succeeded within it, a second', minimum: 0 },
    {
      name: 'p99_ms',
      type: 'DOUBLE',
      unit: 'ms',
      about:
        'What 99 of 100 of the reads that were under way in it waited at most; null where there were none. A read without an answer counts as slower than all that have one; it is known to have waited until its worker’s next operation, or the workload’s end',
      optional: true,
      minimum: 0,
    },
    {
      name: 'p99_at_least',
      type: 'BOOLEAN',
      about:
        'Whether more than 1 % had no answer: then p99_ms is of the waits that are known, and the real one is no smaller',
    },
  ],
  perRun: `
    WITH place AS (${PLACE}
    ), happened AS (
      SELECT run_id, min(time_ns) FILTER (event = 'fault_injected') AS injected_ns,
        max(time_ns) FILTER (event = 'fault_lifted') AS lifted_ns
      FROM events GROUP BY run_id
    ), marked AS MATERIALIZED (
      -- reads without an answer, and of each worker the first that has one
      SELECT run_id, worker, start_ns, outcome FROM operations
      WHERE op = 'query' AND (seq = 0 OR outcome <> 'ok')
    ), unanswered AS (
      SELECT * FROM marked WHERE outcome <> 'ok'
    ), reading AS (
      SELECT run_id, max(first_ns) AS reading_ns
      FROM (SELECT run_id, min(start_ns) AS first_ns FROM marked GROUP BY run_id, worker) GROUP BY run_id
    ), planned_spans AS (${PLANNED}
    ), spans AS (
      SELECT *, start_ns + (duration_s * 1e9)::BIGINT AS done_ns,
        coalesce(if(fault = '${NO_FAULT}', NULL, injected_ns), start_ns + (begin_s * 1e9)::BIGINT) AS planned_from_ns,
        coalesce(if(fault = '${NO_FAULT}', NULL, lifted_ns), start_ns + (end_s * 1e9)::BIGINT) AS planned_to_ns
      FROM planned_spans JOIN ${STARTS} USING (run_id) LEFT JOIN happened USING (run_id)
      WHERE run_id IN (SELECT DISTINCT run_id FROM operations)
    ), bounds AS MATERIALIZED (
      SELECT * EXCLUDE (from_s, to_s), row_number() OVER () AS span,
        greatest(planned_from_ns, start_ns, coalesce(reading_ns, start_ns)) AS from_ns,
        least(planned_to_ns, done_ns) AS to_ns
      FROM spans LEFT JOIN reading USING (run_id)
    ), erring AS (
      SELECT run_id, min(start_ns) AS first_ns, max(start_ns) AS last_ns
      FROM unanswered WHERE outcome <> 'censored' GROUP BY run_id
    ), following AS (
      -- after a run's last unanswered read, only the first operation of each worker can be one's next
      SELECT run_id, worker, min(start_ns) AS start_ns FROM operations JOIN erring USING (run_id)
      WHERE start_ns > first_ns GROUP BY run_id, worker, if(start_ns <= last_ns, start_ns, NULL)
    ), waited AS (
      SELECT u.run_id, u.start_ns, f.start_ns - u.start_ns AS wait_ns
      FROM unanswered u ASOF LEFT JOIN following f
        ON u.run_id = f.run_id AND u.worker = f.worker AND u.start_ns < f.start_ns
    ), measured AS MATERIALIZED (
      SELECT span, count(*) FILTER (answered AND end_ns < to_ns) AS reads,
        quantile_disc(if(answered, wait_ns, ${never()}), 0.99) AS p99_ns
      FROM (${underWay('bounds', '')}) GROUP BY span
    ), open AS (
      SELECT * FROM bounds WHERE span IN (SELECT span FROM measured WHERE p99_ns = ${never()})
    ), known AS (
      SELECT span, quantile_disc(wait_ns, 0.99) AS least_p99_ns
      FROM (${underWay('open', 'AND run_id IN (SELECT run_id FROM open)')}) GROUP BY span
    )
    SELECT run_id, begin_s AS from_s, end_s AS to_s, (to_ns - from_ns)::DOUBLE / 1e9 AS seconds,
      coalesce(reads, 0)::DOUBLE / ((to_ns - from_ns)::DOUBLE / 1e9) AS reads_per_s,
      if(p99_ns = ${never()}, least_p99_ns, p99_ns)::DOUBLE / 1e6 AS p99_ms,
      coalesce(p99_ns = ${never()}, false) AS p99_at_least
    FROM bounds LEFT JOIN measured USING (span) LEFT JOIN known USING (span)
    WHERE to_ns - from_ns >= ${LEAST_WINDOW_S * 1e9}`,
});

/**
 * SQL for the reads that were under way in a span, of all that `spans` has: a read in several counts in each. `ofRuns`
 * may narrow the operations that are read for it; where `spans` has most runs, to narrow them takes longer than it saves.
 */
function underWay(spans: string, ofRuns: string): string {
  return `
    SELECT span, to_ns, answered, w.start_ns + coalesce(wait_ns, done_ns - w.start_ns) AS end_ns,
      coalesce(wait_ns, greatest(done_ns - w.start_ns, 0)) AS wait_ns
    FROM (
      SELECT run_id, start_ns, latency_ns AS wait_ns, true AS answered FROM operations
      WHERE op = 'query' AND outcome = 'ok' ${ofRuns}
      UNION ALL SELECT run_id, start_ns, wait_ns, false FROM waited
    ) w JOIN ${spans} USING (run_id)
    WHERE w.start_ns < to_ns AND w.start_ns + coalesce(wait_ns, done_ns - w.start_ns) >= from_ns`;
}

/** A wait that has no end: the largest BIGINT. */
function never(): string {
  return '9223372036854775807';
}

/** A window with what its run was. */
export interface Window extends Omit<ResultRow<typeof windows>, 'definition'> {
  campaign: string;
  source: string;
  runtime: string;
  debian_release: string | null;
  scenario: string;
  workload: string;
  fault: string;
  target_role: 'none' | 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  driver_role: 'leader' | 'follower';
  workers: number;
  in_block: string;
  other_cpu_fraction: number | null;
  /** Whether the fault was planned to be lifted before the workload's end. */
  lifted: boolean;
}

/** The windows of all runs whose fault was confirmed, or that had none. */
export const runWindows = cached((data) =>
  data.query<Window>(
    `WITH place AS (${PLACE})
     SELECT w.* EXCLUDE (definition), campaign, source, runtime, debian_release, scenario, workload, fault,
       target_role, severity, severity_unit, driver_role, workers, in_block, other_cpu_fraction,
       w.to_s < duration_s AS lifted
     FROM windows w JOIN place USING (run_id) JOIN ${BLOCKS} USING (run_id)
     WHERE fault = '${NO_FAULT}' OR (place.from_s = w.from_s AND place.to_s = w.to_s)
     ORDER BY run_id, w.from_s, w.to_s`,
  ),
);

/** How many windows are not there, since the operations of their runs were left out before there was something to compare them with. */
export const missingWindows = cached(async (data) => {
  const rows = await data.query<{ run_id: string }>(
    `WITH place AS (${PLACE}), planned AS (${PLANNED})
     SELECT DISTINCT run_id FROM planned p
     WHERE run_id NOT IN (SELECT DISTINCT run_id FROM operations)
       AND NOT EXISTS (FROM windows w WHERE w.run_id = p.run_id AND w.from_s = p.begin_s AND w.to_s = p.end_s)
       AND least(end_s, duration_s) - begin_s >= ${LEAST_WINDOW_S}
     ORDER BY run_id`,
  );
  return rows.map(({ run_id }) => run_id);
});
