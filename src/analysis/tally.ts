import type { Op, Outcome } from '../vocabulary/outcomes.js';
import { asked } from './question.js';

/** The operations of a run that came to the same. */
export interface Tally {
  run_id: string;
  op: Op;
  outcome: Outcome;
  /** Null where the outcome is ok. */
  error_class: string | null;
  n: number;
  /** The sum of their latencies; null unless ok. A sum of whole ns, so no order of adding shows. */
  latency_ns: number | null;
}

/** What became of all operations, those left out too: the one pass over them that several questions share. */
export const tally = asked((data) =>
  data.query<Tally>(
    `SELECT run_id, op, outcome, error_class, n::DOUBLE AS n, latency_ns::DOUBLE AS latency_ns
     FROM counts ORDER BY run_id, op, outcome, error_class`,
  ),
);
