import { asked } from './question.js';
import { COMPARABLE, type Setting, USABLE } from './runs.js';

/** One usable run, with what it measured over its whole length. */
export interface Trial extends Setting {
  run_id: string;
  scenario: string;
  fault: string;
  target_role: 'none' | 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  /** Whether the fault was planned to be lifted before the workload's end. */
  lifted: boolean;
  workers: number;
  trial: number;
  /** Successful reads over the planned duration. */
  reads_per_s: number;
  /** Mean latency of the successful reads; null where none succeeded. */
  read_mean_ms: number | null;
  /** Successful writes over the planned duration. */
  writes_per_s: number;
}

/** Every usable run and its measures, in the order of run_id. Sums are of whole ns, so no order of adding shows. */
export const trials = asked((data) =>
  data.query<Trial>(
    `SELECT r.run_id, ${COMPARABLE.map((name) => `r.${name}`).join(', ')}, scenario, fault, target_role, severity,
       severity_unit, coalesce(lift_at_s < duration_s, false) AS lifted, workers, trial,
       coalesce(reads, 0)::DOUBLE / duration_s AS reads_per_s,
       (read_ns / reads)::DOUBLE / 1e6 AS read_mean_ms,
       coalesce(writes, 0)::DOUBLE / duration_s AS writes_per_s
     FROM (SELECT * FROM runs WHERE ${USABLE}) r
     LEFT JOIN (
       SELECT run_id, count(*) FILTER (op = 'query') AS reads, count(*) FILTER (op = 'exec') AS writes,
         (sum(latency_ns) FILTER (op = 'query'))::DOUBLE AS read_ns
       FROM operations WHERE outcome = 'ok' GROUP BY run_id
     ) o USING (run_id)
     ORDER BY r.run_id`,
  ),
);
