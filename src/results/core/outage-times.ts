import { STARTS } from './setting.js';

/**
 * SQL for the instants around the loss of a node, from the events alone: run_id, from_ns and to_ns (from the fault to the
 * workload's end), and in s from the fault new_leader_s and lift_s, null where there was none in the workload.
 */
export const outageTimes = `
  SELECT run_id, from_ns, to_ns,
    (min(time_ns) FILTER (event = 'leader_changed' AND node IS NOT NULL AND time_ns > from_ns AND time_ns <= to_ns) - from_ns)::DOUBLE / 1e9 AS new_leader_s,
    (min(time_ns) FILTER (event = 'fault_lifted' AND time_ns < to_ns) - from_ns)::DOUBLE / 1e9 AS lift_s
  FROM (
    SELECT r.run_id, coalesce(min(time_ns) FILTER (event = 'fault_injected'), any_value(start_ns) + (any_value(inject_at_s) * 1e9)::BIGINT) AS from_ns,
      any_value(start_ns) + (any_value(duration_s) * 1e9)::BIGINT AS to_ns
    FROM runs r JOIN ${STARTS} USING (run_id) LEFT JOIN events USING (run_id) GROUP BY r.run_id
  ) LEFT JOIN events USING (run_id) GROUP BY run_id, from_ns, to_ns`;
