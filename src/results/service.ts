import { IS_READ, OPERATION_OUTCOME } from '../dataset/client-sql.js';
import { result } from './core/result.js';
import { STARTS } from './core/setting.js';

const count = (name: string, about: string) => ({ name, type: 'BIGINT', about, minimum: 0 }) as const;

/**
 * SQL for the client's operations, one row each, from all their attempts: run_id, operation, op, intended_ns, first_sent_ns,
 * done_ns (of the success; else of the last attempt), attempts and outcome. One success is enough, and one doubt remains. The
 * reads of all keys that may follow a workload are for the verdict alone, and not among them.
 */
export const CLIENT_OPERATIONS = `
  SELECT run_id, operation, any_value(op) AS op, min(intended_ns) AS intended_ns, min(sent_ns) AS first_sent_ns,
    coalesce(min(done_ns) FILTER (outcome = 'ok'), max(done_ns)) AS done_ns, max(attempt) AS attempts,
    ${OPERATION_OUTCOME} AS outcome
  FROM attempts JOIN (
    SELECT run_id, start_ns + (duration_s * 1e9)::BIGINT AS end_ns FROM runs JOIN ${STARTS} USING (run_id)
  ) USING (run_id)
  GROUP BY run_id, operation HAVING min(intended_ns) < any_value(end_ns)`;

/** What became of the operations that were due in each second: the service that clients had. */
export const service = result({
  name: 'service',
  version: 2,
  row: 'a second of a run with the client, and a kind of operation',
  key: ['second', 'kind'],
  from: 'attempts',
  large: true,
  columns: [
    {
      name: 'second',
      type: 'INTEGER',
      about: 'Second of the workload, from 0, in which operations were due',
      minimum: 0,
    },
    { name: 'kind', type: 'VARCHAR', about: 'read or write', oneOf: ['read', 'write'] },
    count('offered', 'Operations that were due'),
    count('ok', 'Of these, those that succeeded, whenever'),
    count('fail', 'Those that certainly did not happen'),
    count('unknown', 'Those of which nobody can tell'),
    count('dropped', 'Those that were never tried'),
    count('within_100ms', 'Those that had succeeded 100 ms after they were due'),
    count('within_1s', 'Those that had succeeded 1 s after they were due'),
    count('attempts', 'How often they were tried, together'),
  ],
  perRun: `
    SELECT run_id, ((intended_ns - start_ns) // 1000000000)::INTEGER AS second, if(${IS_READ}, 'read', 'write') AS kind,
      count(*) AS offered, count(*) FILTER (outcome = 'ok') AS ok, count(*) FILTER (outcome = 'fail') AS fail,
      count(*) FILTER (outcome = 'unknown') AS unknown, count(*) FILTER (outcome = 'dropped') AS dropped,
      count(*) FILTER (outcome = 'ok' AND done_ns - intended_ns <= 100000000) AS within_100ms,
      count(*) FILTER (outcome = 'ok' AND done_ns - intended_ns <= 1000000000) AS within_1s,
      sum(attempts)::BIGINT AS attempts
    FROM (${CLIENT_OPERATIONS}) JOIN ${STARTS} USING (run_id) GROUP BY ALL`,
});
