import { IS_READ } from '../dataset/client-sql.js';
import { result } from './core/result.js';
import { STARTS } from './core/setting.js';
import { CLIENT_OPERATIONS } from './service.js';

/** The shares of operations whose times are kept, for a distribution that is dense where it is slow. */
export const RESPONSE_SHARES: readonly number[] = [
  0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9999, 1,
];

/**
 * How long the client's operations took that succeeded: from the instant at which they were due, which a client that waits
 * its turn feels, and from the instant at which they were first sent, which hides that wait.
 */
export const responseTimes = result({
  name: 'response_times',
  version: 2,
  row: 'a share of the operations of a kind in a part of a run with the client',
  key: ['part', 'kind', 'since', 'share'],
  from: 'attempts',
  large: true,
  columns: [
    {
      name: 'part',
      type: 'VARCHAR',
      about:
        'before: they had ended before the fault; during: they were under way while it lasted; after: they were due after its lift. Without a fault all are before. All of the run once more as all',
      oneOf: ['all', 'before', 'during', 'after'],
    },
    { name: 'kind', type: 'VARCHAR', about: 'read or write', oneOf: ['read', 'write'] },
    {
      name: 'since',
      type: 'VARCHAR',
      about: 'due: from the intended instant; sent: from the first attempt that was sent',
      oneOf: ['due', 'sent'],
    },
    { name: 'share', type: 'DOUBLE', about: 'Share of the operations that took no longer', minimum: 0 },
    { name: 'time_ns', type: 'BIGINT', unit: 'ns', about: 'How long that was', minimum: 0 },
    { name: 'n', type: 'BIGINT', about: 'Operations that succeeded', minimum: 0 },
  ],
  perRun: `
    WITH fault AS (
      SELECT run_id, min(time_ns) FILTER (event = 'fault_injected') AS from_ns,
        max(time_ns) FILTER (event = 'fault_lifted') AS to_ns
      FROM events GROUP BY run_id
    ), timed AS (
      SELECT run_id, if(${IS_READ}, 'read', 'write') AS kind,
        CASE WHEN from_ns IS NULL OR done_ns < from_ns THEN 'before'
          WHEN to_ns IS NULL OR intended_ns < to_ns THEN 'during' ELSE 'after' END AS part,
        done_ns - intended_ns AS due, done_ns - first_sent_ns AS sent
      FROM (${CLIENT_OPERATIONS}) JOIN ${STARTS} USING (run_id) LEFT JOIN fault USING (run_id) WHERE outcome = 'ok'
    ), parts AS (
      FROM timed UNION ALL SELECT * REPLACE ('all' AS part) FROM timed
    ), sorted AS (
      SELECT run_id, part, kind, since, count(*) AS n,
        quantile_disc(time_ns, [${RESPONSE_SHARES.join(', ')}]) AS times
      FROM (SELECT run_id, part, kind, 'due' AS since, due AS time_ns FROM parts
            UNION ALL SELECT run_id, part, kind, 'sent', sent FROM parts)
      GROUP BY run_id, part, kind, since
    )
    SELECT run_id, part, kind, since, unnest([${RESPONSE_SHARES.join(', ')}])::DOUBLE AS share, unnest(times) AS time_ns, n
    FROM sorted`,
});
