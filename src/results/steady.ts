import { cached } from './core/query.js';
import { type ResultRow, result } from './core/result.js';
import { STARTS } from './core/setting.js';

/**
 * Reads once every worker reads, in a run of 2022's benchmark.
 *
 * Its workers first write the keys that they will read, more keys the more workers there are. What 2022 published counts
 * the reads over the whole run, and so the length of that writing as well; this does not.
 */
export const steady = result({
  name: 'steady',
  version: 1,
  row: 'a run of 2022’s benchmark in which every worker came to read',
  key: [],
  columns: [
    {
      name: 'seconds',
      type: 'DOUBLE',
      unit: 's',
      about: 'From when the last of the workers began to read to the workload’s end',
      minimum: 0,
    },
    {
      name: 'reads_per_s',
      type: 'DOUBLE',
      about: 'Reads that began and succeeded within them, a second',
      minimum: 0,
    },
    {
      name: 'read_mean_ms',
      type: 'DOUBLE',
      unit: 'ms',
      about: 'Mean latency of these reads; null where there were none',
      optional: true,
      minimum: 0,
    },
  ],
  perRun: `
    WITH reading AS (
      SELECT run_id, max(first_ns) AS from_ns, count(*) AS readers
      FROM (SELECT run_id, worker, min(start_ns) AS first_ns FROM operations WHERE op = 'query' GROUP BY run_id, worker)
      GROUP BY run_id
    ), bounds AS (
      SELECT run_id, from_ns, start_ns + (duration_s * 1e9)::BIGINT AS to_ns
      FROM reading JOIN runs USING (run_id) JOIN ${STARTS} USING (run_id) WHERE readers = workers
    )
    SELECT run_id, any_value(to_ns - from_ns)::DOUBLE / 1e9 AS seconds,
      count(latency_ns) FILTER (counts)::DOUBLE / (any_value(to_ns - from_ns)::DOUBLE / 1e9) AS reads_per_s,
      avg(latency_ns) FILTER (counts) / 1e6 AS read_mean_ms
    FROM (
      SELECT run_id, from_ns, to_ns, latency_ns,
        outcome = 'ok' AND start_ns >= from_ns AND start_ns + latency_ns <= to_ns AS counts
      FROM operations JOIN bounds USING (run_id) WHERE op = 'query' AND to_ns > from_ns
    ) GROUP BY run_id`,
});

/** The steady state of every run that has one. */
export const steadyStates = cached((data) => data.query<ResultRow<typeof steady>>('SELECT * FROM steady'));
