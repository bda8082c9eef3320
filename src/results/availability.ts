import { IS_READ } from '../dataset/client-sql.js';
import { result } from './core/result.js';
import { STARTS } from './core/setting.js';
import { CLIENT_OPERATIONS } from './service.js';

const seconds = (name: string, about: string) =>
  ({ name, type: 'DOUBLE', unit: 's', about, optional: true, minimum: 0 }) as const;

/** A second counts as served while at least this share of what was due in it succeeded within 1 s. */
export const SERVED_SHARE = 0.9;

/**
 * What the client felt of a fault, from the instant at which it was injected. A phase that had not come when the fault was
 * lifted, or at the end of the workload, is null, or lasted longer than until then: `lift_s` tells which.
 */
export const availability = result({
  name: 'availability',
  version: 1,
  row: 'a run with the client and a fault',
  key: [],
  from: 'attempts',
  columns: [
    seconds('until_s', 'From the fault until the end of the workload'),
    seconds('lift_s', 'From the fault until its lift; null where it was not lifted in the workload'),
    seconds('leader_lost_s', 'From the fault until no node answered that there is a leader'),
    seconds('new_leader_s', 'From the fault until a node first answered that there is a leader again'),
    seconds('first_write_s', 'From the fault until the first write succeeded that was due after it'),
    seconds('first_read_s', 'From the fault until the first read succeeded that was due after it'),
    seconds(
      'back_s',
      'From the fault until the end of the last second in which less than 90 % of what was due succeeded within 1 s; 0 where there was none, null where that was the last one of the workload, and in a closed loop, which has nothing due while it waits',
    ),
    seconds(
      'degraded_s',
      'Seconds after the fault in which less than 90 % of what was due succeeded within 1 s',
    ),
    seconds(
      'without_service_s',
      'Seconds after the fault in which nothing that was due succeeded within 1 s',
    ),
    seconds(
      'longest_wait_s',
      'The longest that an operation took, due after the fault, from when it was due',
    ),
    {
      name: 'unknown_writes',
      type: 'BIGINT',
      about: 'Writes of which nobody can tell whether they happened',
      minimum: 0,
    },
  ],
  perRun: `
    WITH span AS (
      SELECT r.run_id, start_ns, min(time_ns) FILTER (event = 'fault_injected') AS from_ns,
        min(time_ns) FILTER (event = 'fault_lifted' AND time_ns < start_ns + (duration_s * 1e9)::BIGINT) AS lift_ns,
        start_ns + (any_value(duration_s) * 1e9)::BIGINT AS end_ns
      FROM runs r JOIN ${STARTS} USING (run_id) JOIN events USING (run_id) GROUP BY r.run_id, start_ns, duration_s
      HAVING count(*) FILTER (event = 'fault_injected') > 0
    ), led AS (
      SELECT run_id, min(time_ns) FILTER (node IS NULL) AS lost_ns, min(time_ns) FILTER (node IS NOT NULL) AS new_ns
      FROM events JOIN span USING (run_id)
      WHERE event = 'leader_changed' AND time_ns > from_ns AND time_ns <= end_ns GROUP BY run_id
    ), operation AS (
      SELECT o.*, ${IS_READ} AS is_read, from_ns, start_ns, end_ns
      FROM (${CLIENT_OPERATIONS}) o JOIN span USING (run_id)
    ), bin AS (
      -- seconds from the fault, whole ones alone
      SELECT run_id, (intended_ns - from_ns) // 1000000000 AS second, count(*) AS offered,
        count(*) FILTER (outcome = 'ok' AND done_ns - intended_ns <= 1000000000) AS served
      FROM operation WHERE intended_ns >= from_ns AND from_ns + ((intended_ns - from_ns) // 1000000000 + 1) * 1000000000 <= end_ns
      GROUP BY run_id, second
    ), served AS (
      SELECT run_id,
        if(max(second) = max(second) FILTER (served < ${SERVED_SHARE} * offered), NULL,
          coalesce(max(second + 1) FILTER (served < ${SERVED_SHARE} * offered), 0)::DOUBLE) AS back_s,
        count(*) FILTER (served < ${SERVED_SHARE} * offered)::DOUBLE AS degraded_s,
        count(*) FILTER (served = 0)::DOUBLE AS without_service_s
      FROM bin JOIN runs USING (run_id) WHERE arrivals = 'open' GROUP BY run_id
    ), felt AS (
      SELECT run_id,
        min(done_ns - from_ns) FILTER (outcome = 'ok' AND NOT is_read AND intended_ns >= from_ns) AS first_write_ns,
        min(done_ns - from_ns) FILTER (outcome = 'ok' AND is_read AND intended_ns >= from_ns) AS first_read_ns,
        max(done_ns - intended_ns) FILTER (intended_ns >= from_ns) AS longest_ns,
        count(*) FILTER (outcome = 'unknown' AND NOT is_read) AS unknown_writes
      FROM operation GROUP BY run_id
    )
    SELECT run_id, (end_ns - from_ns)::DOUBLE / 1e9 AS until_s, (lift_ns - from_ns)::DOUBLE / 1e9 AS lift_s,
      (lost_ns - from_ns)::DOUBLE / 1e9 AS leader_lost_s, (new_ns - from_ns)::DOUBLE / 1e9 AS new_leader_s,
      first_write_ns::DOUBLE / 1e9 AS first_write_s, first_read_ns::DOUBLE / 1e9 AS first_read_s,
      back_s, degraded_s, without_service_s, longest_ns::DOUBLE / 1e9 AS longest_wait_s, unknown_writes
    FROM span JOIN felt USING (run_id) LEFT JOIN served USING (run_id) LEFT JOIN led USING (run_id)`,
});
