import { BLOCKS } from '../core/blocks.js';
import { cached } from '../core/query.js';
import { FINAL } from '../core/setting.js';

/** What a dataset is made of. */
export interface Overview {
  runs: number;
  complete: number;
  /** Runs that failed, by what they have in common. */
  failed: { name: string; runs: number; reason: string }[];
  /** Configurations with complete runs whose fault no measurement shows: it was not tested. */
  not_tested: { name: string; scenario: string; runs: number; of: number }[];
  /** Runs in which others used more of the CPU than the limit. */
  disturbed: number;
  /** Attempts that were made again, which are not among the runs. */
  repeated: number;
  /** Runs that were made when their block had long been left: each stretch of them is a block of its own. */
  remade: number;
  /** UTC, ISO 8601; null where no run says when it started. */
  first: string | null;
  last: string | null;
  host_cpus: number | null;
  /** Runs on a machine with swap. */
  with_swap: number;
  /** The kernel, or kernels, that runs were made with. */
  kernel: string | null;
  /** Operations measured, and those that the dataset has. */
  operations: number;
  operations_kept: number;
  /** Runs whose operations were left out. */
  runs_without: number;
}

/** Counts a dataset's runs and operations. */
export const overview = cached(async (data): Promise<Overview> => {
  const [counts] = await data.query<Omit<Overview, 'failed' | 'not_tested'>>(
    `SELECT count(*)::DOUBLE AS runs, count(*) FILTER (status = 'complete')::DOUBLE AS complete,
       count(*) FILTER (list_contains(string_split(run_flags, ';'), 'other_cpu'))::DOUBLE AS disturbed,
       min(started_at) AS first, max(started_at) AS last, any_value(host_cpus) AS host_cpus,
       count(*) FILTER (host_swap_bytes > 0)::DOUBLE AS with_swap,
       string_agg(DISTINCT kernel, ', ' ORDER BY kernel) AS kernel,
       (SELECT (coalesce(sum(n), 0) + (SELECT coalesce(sum(offered), 0) FROM service))::DOUBLE FROM outcomes) AS operations,
       (SELECT (count(*) + (SELECT count(DISTINCT (run_id, operation)) FROM attempts))::DOUBLE FROM operations) AS operations_kept,
       (SELECT count(DISTINCT run_id)::DOUBLE FROM (SELECT run_id FROM outcomes UNION ALL SELECT run_id FROM service)
        WHERE run_id NOT IN (SELECT run_id FROM operations UNION ALL SELECT run_id FROM attempts)) AS runs_without,
       (SELECT count(*)::DOUBLE FROM runs WHERE NOT (${FINAL})) AS repeated,
       (SELECT count(*)::DOUBLE FROM runs JOIN ${BLOCKS} USING (run_id) WHERE remade AND ${FINAL}) AS remade
     FROM runs WHERE ${FINAL}`,
  );
  const failed = await data.query<Overview['failed'][number]>(
    `SELECT regexp_replace(run_id, '-t[0-9]+$', '') AS name, count(*)::DOUBLE AS runs, min(status_reason) AS reason
     FROM runs WHERE status = 'failed' AND ${FINAL} GROUP BY name ORDER BY name`,
  );
  const not_tested = await data.query<Overview['not_tested'][number]>(
    `SELECT regexp_replace(run_id, '-t[0-9]+$', '') AS name, scenario,
       count(*) FILTER (NOT fault_confirmed)::DOUBLE AS runs, count(*)::DOUBLE AS of FROM runs
     WHERE status = 'complete' AND ${FINAL} GROUP BY ALL HAVING count(*) FILTER (NOT fault_confirmed) > 0 ORDER BY name`,
  );
  return { ...counts!, failed, not_tested };
});
