import { ERROR_CLASSES, OPS, OUTCOMES } from '../vocabulary/outcomes.js';
import { cached } from './core/query.js';
import { type ResultRow, result } from './core/result.js';

/** What stands in `error_class` where there was no error. */
export const NO_ERROR = 'none';

/** What became of a run's operations. */
export const outcomes = result({
  name: 'outcomes',
  version: 1,
  row: 'what became of some operations of a run',
  key: ['op', 'outcome', 'error_class'],
  columns: [
    { name: 'op', type: 'VARCHAR', about: 'exec is a write, query a read', oneOf: OPS },
    { name: 'outcome', type: 'VARCHAR', about: 'As in operations', oneOf: OUTCOMES },
    {
      name: 'error_class',
      type: 'VARCHAR',
      about: 'As in operations; none where there was no error',
      oneOf: [...ERROR_CLASSES, NO_ERROR],
    },
    { name: 'n', type: 'BIGINT', about: 'How many operations', minimum: 1 },
    {
      name: 'latency_ns',
      type: 'BIGINT',
      unit: 'ns',
      about: 'The sum of their latencies; null unless ok',
      optional: true,
      minimum: 0,
    },
  ],
  perRun: `
    SELECT run_id, op, outcome, coalesce(error_class, '${NO_ERROR}') AS error_class, count(*) AS n,
      sum(latency_ns)::BIGINT AS latency_ns
    FROM operations GROUP BY ALL`,
});

/** A row, with the sum of latencies as a number, which divisions need. */
export type OutcomeCount = Omit<ResultRow<typeof outcomes>, 'latency_ns' | 'definition'> & {
  latency_ns: number | null;
};

/** What became of all operations, by run, op, outcome and class of error. */
export const outcomeCounts = cached((data) =>
  data.query<OutcomeCount>(
    `SELECT run_id, op, outcome, error_class, n, latency_ns::DOUBLE AS latency_ns FROM outcomes
     ORDER BY run_id, op, outcome, error_class`,
  ),
);
