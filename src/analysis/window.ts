import { asked, type Queryable } from './question.js';
import { mainSetting, STARTS, USABLE } from './runs.js';

/** A window shorter than this tells nothing, in s. */
export const LEAST_WINDOW_S = 1;

/** The seconds of a run in which it is compared with others, and what its reads did in them. */
export interface Window {
  run_id: string;
  scenario: string;
  workload: string;
  fault: string;
  target_role: 'none' | 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  driver_role: 'leader' | 'follower';
  workers: number;
  /** Whether the fault was planned to be lifted before the workload's end. */
  lifted: boolean;
  /** The planned window, by which a run with a fault finds its baselines: s from the start of the workload. */
  from_s: number;
  to_s: number;
  /** How much of it counts, in s: after the write phase, and within the run. */
  seconds: number;
  /** Reads that succeeded within it, a second. */
  reads_per_s: number;
  /**
   * What 99 of 100 reads waited at most, in ms, of the reads that were under way in the window; null where there were
   * none. A read without an answer counts as slower than all that have one; it is known to have waited until its
   * worker's next operation, or the workload's end. Where more than 1 % have none, this is the 99th percentile of
   * the waits that are known, and `p99_at_least` is true: the real one is no smaller.
   */
  p99_ms: number | null;
  p99_at_least: boolean;
}

/**
 * The windows in which runs are compared like with like.
 *
 * A run with a fault counts from the fault's injection to its lift, or to the workload's end where it is never lifted:
 * as its events say, or as planned where there is no event. A run without one counts in the same seconds of the
 * workload, once for each window that a fault had with the same workload; where it ends sooner, as far as it goes.
 * In all of them only reads count, and only from when the last of the workers began to read: before that, each writes
 * the keys that it will read. All runs are of the main setting's campaign, runtime and release, with the number of
 * workers that most runs with a fault have. Windows of less than {@link LEAST_WINDOW_S} are left out. Those of runs
 * without their operations are as they were when these were left out.
 */
export const windows = asked(async (data: Queryable): Promise<Window[]> => {
  const { campaign, source, runtime, debian_release } = await mainSetting(data);
  return data.query<Window>(
    `WITH place AS (
       SELECT *, coalesce(inject_at_s, 0) AS from_s, least(coalesce(lift_at_s, duration_s), duration_s) AS to_s
       FROM runs WHERE ${USABLE} AND campaign = $campaign AND source = $source AND runtime = $runtime
         AND debian_release IS NOT DISTINCT FROM $debian_release::VARCHAR
     ), chosen AS (
       SELECT * FROM place WHERE workers = (
         SELECT workers FROM place WHERE fault <> 'none' GROUP BY workers ORDER BY count(*) DESC, workers DESC LIMIT 1)
     ), planned AS (
       SELECT DISTINCT workload, from_s, to_s FROM chosen WHERE fault <> 'none'
     ), happened AS (
       SELECT run_id, min(time_ns) FILTER (event = 'fault_injected') AS injected_ns,
         min(time_ns) FILTER (event = 'fault_lifted') AS lifted_ns
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
     ), planned_spans AS (
       SELECT c.*, p.from_s AS begin_s, p.to_s AS end_s
       FROM chosen c JOIN planned p
         ON p.workload = c.workload AND (fault = 'none' OR (p.from_s = c.from_s AND p.to_s = c.to_s))
     ), spans AS (
       SELECT *, start_ns + (duration_s * 1e9)::BIGINT AS done_ns,
         coalesce(if(fault = 'none', NULL, injected_ns), start_ns + (begin_s * 1e9)::BIGINT) AS planned_from_ns,
         coalesce(if(fault = 'none', NULL, lifted_ns), start_ns + (end_s * 1e9)::BIGINT) AS planned_to_ns
       FROM planned_spans JOIN ${STARTS} USING (run_id) LEFT JOIN happened USING (run_id)
       WHERE run_id NOT IN (SELECT run_id FROM tallies)
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
         quantile_disc(if(answered, wait_ns, ${NEVER}), 0.99) AS p99_ns
       FROM (${underWay('bounds', '')}) GROUP BY span
     ), open AS (
       SELECT * FROM bounds WHERE span IN (SELECT span FROM measured WHERE p99_ns = ${NEVER})
     ), known AS (
       SELECT span, quantile_disc(wait_ns, 0.99) AS least_p99_ns
       FROM (${underWay('open', 'AND run_id IN (SELECT run_id FROM open)')}) GROUP BY span
     )
     SELECT run_id, scenario, workload, fault, target_role, severity, severity_unit, driver_role, workers,
       end_s < duration_s AS lifted, begin_s AS from_s, end_s AS to_s, (to_ns - from_ns)::DOUBLE / 1e9 AS seconds,
       coalesce(reads, 0)::DOUBLE / ((to_ns - from_ns)::DOUBLE / 1e9) AS reads_per_s,
       if(p99_ns = ${NEVER}, least_p99_ns, p99_ns)::DOUBLE / 1e6 AS p99_ms, coalesce(p99_ns = ${NEVER}, false) AS p99_at_least
     FROM bounds LEFT JOIN measured USING (span) LEFT JOIN known USING (span) WHERE to_ns - from_ns >= ${LEAST_WINDOW_S * 1e9}
     UNION ALL
     SELECT run_id, scenario, workload, fault, target_role, severity, severity_unit, driver_role, workers,
       end_s < duration_s, begin_s, end_s, k.seconds, k.reads_per_s, k.p99_ms, k.p99_at_least
     FROM planned_spans s JOIN windows k USING (run_id) WHERE k.from_s = begin_s AND k.to_s = end_s
     ORDER BY run_id, from_s, to_s`,
    { campaign, source, runtime, debian_release },
  );
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
const NEVER = '9223372036854775807';
