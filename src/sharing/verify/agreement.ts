import { ACKNOWLEDGED_WRITES } from '../../dataset/client-sql.js';
import { ask, type Duck } from '../../dataset/duck.js';
import { TABLES } from '../../dataset/schema.js';
import type { Problem } from './problem.js';

/** What became of the operations of every run, in the format that a dataset has. */
export interface Counted {
  table: 'outcomes' | 'tallies';
  file: string;
}

/** What must agree between tables. */
export async function checkAgreement(duck: Duck, counted: Counted): Promise<Problem[]> {
  const leftOut = `(select run_id from ${counted.table} where run_id not in (select run_id from operations))`;
  const agreements: { file: string; sql: string }[] = [
    {
      file: TABLES.sources.file,
      sql: `select _row as row, 'lines' as "column", lines || ' lines are not the sum of those kept and set aside' as problem
            from sources where lines <> lines_kept + lines_layout + lines_cut + lines_refused`,
    },
    {
      file: TABLES.sources.file,
      sql: `with counted as (select run_id, op, worker, count(*) + sum(coalesce(length(error) - length(replace(error, chr(10), '')), 0)) as n
              from operations group by all)
            select _row as row, 'lines_kept' as "column", 'says ' || lines_kept || ', but the operations stand for ' || coalesce(n, 0) as problem
            from sources left join counted using (run_id, op, worker)
            where op is not null and lines_kept <> coalesce(n, 0) and run_id not in ${leftOut}`,
    },
    {
      file: TABLES.sources.file,
      sql: `with counted as (select run_id, count(*) + sum(coalesce(length(error) - length(replace(error, chr(10), '')), 0)) as n
              from attempts group by run_id)
            select _row as row, 'lines_kept' as "column", 'says ' || lines_kept || ', but the attempts stand for ' || n as problem
            from sources join counted using (run_id) where op is null and lines_kept <> n`,
    },
    {
      file: counted.file,
      sql: `with kept as (select run_id, op, sum(lines_kept) as lines from sources group by all)
            select min(t._row) as row, 'n' as "column", 'says ' || sum(n) || ', but ' || coalesce(any_value(lines), 0) || ' lines were kept' as problem
            from ${counted.table} t left join kept using (run_id, op) group by run_id, op having sum(n) > coalesce(any_value(lines), 0)`,
    },
    {
      file: TABLES.runs.file,
      sql: `with counted as (
              select run_id, coalesce(sum(n) filter (where op = 'exec' and outcome = 'ok'), 0) as n from ${counted.table} group by run_id
              union all select run_id, count(*) filter (where op = 'exec' and outcome = 'ok') from operations
              where run_id not in (select run_id from ${counted.table}) group by run_id)
            select _row as row, 'acknowledged_writes' as "column", 'says ' || acknowledged_writes || ', but ' || coalesce(n, 0) || ' writes succeeded' as problem
            from runs left join counted using (run_id) where status <> 'failed' and driver_role <> 'client' and acknowledged_writes <> coalesce(n, 0)`,
    },
    {
      file: TABLES.runs.file,
      sql: `with counted as (
              select run_id, ${ACKNOWLEDGED_WRITES} as n
              from attempts group by run_id)
            select _row as row, 'acknowledged_writes' as "column", 'says ' || acknowledged_writes || ', but ' || n || ' writes succeeded' as problem
            from runs join counted using (run_id) where acknowledged_writes <> n`,
    },
    {
      file: TABLES.runs.file,
      sql: `select _row as row, 'status' as "column", 'is failed, but the run has operations' as problem
            from runs where status = 'failed' and run_id in (select run_id from operations union select run_id from attempts)`,
    },
  ];
  const problems: Problem[] = [];
  for (const { file, sql } of agreements) {
    const rows = await ask<{ row: bigint; column: string; problem: string }>(
      duck,
      `${sql} order by row limit 5`,
    );
    problems.push(...rows.map(({ row, column, problem }) => ({ file, row: Number(row), column, problem })));
  }
  return problems;
}
