import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Duck, literal } from '../../dataset/duck.js';
import { outageTimes } from './outage-times.js';

/**
 * The tables of format 1 that stood in for operations that were left out, as rows of the results that they have become. Of
 * each run they were made by the first definition of its result.
 */
const STORED: Record<string, { file: string; types: string; select: string }> = {
  outcomes: {
    file: 'tallies.csv',
    types: `{run_id: 'VARCHAR', op: 'VARCHAR', outcome: 'VARCHAR', error_class: 'VARCHAR', n: 'BIGINT', latency_ns: 'BIGINT'}`,
    select: `SELECT * REPLACE (coalesce(error_class, 'none') AS error_class), 1 AS definition FROM stored`,
  },
  percentiles: {
    file: 'percentiles.csv',
    types: `{run_id: 'VARCHAR', op: 'VARCHAR', share: 'DOUBLE', latency_ns: 'BIGINT'}`,
    select: 'SELECT *, 1 AS definition FROM stored',
  },
  windows: {
    file: 'windows.csv',
    types: `{run_id: 'VARCHAR', from_s: 'DOUBLE', to_s: 'DOUBLE', seconds: 'DOUBLE', reads_per_s: 'DOUBLE', p99_ms: 'DOUBLE', p99_at_least: 'BOOLEAN'}`,
    select: 'SELECT *, 1 AS definition FROM stored',
  },
  outages: {
    file: 'outages.csv',
    types: `{run_id: 'VARCHAR', outage_s: 'DOUBLE', recovered: 'BOOLEAN', longest_gap_s: 'DOUBLE'}`,
    select: `SELECT s.*, new_leader_s, lift_s, 1 AS definition FROM stored s JOIN (${outageTimes}) USING (run_id)`,
  },
};

/** Makes the view `view` of what a dataset of format 1 has of a result; false where it has nothing. */
export async function defineStored1(
  duck: Duck,
  folder: string,
  result: string,
  view: string,
): Promise<boolean> {
  const stored = STORED[result];
  const path = stored && join(folder, stored.file);
  if (!path || !existsSync(path)) return false;
  await duck.connection.run(
    `CREATE TABLE ${view} AS WITH stored AS (
       FROM read_csv(${literal(path)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = ${stored.types})
     ) ${stored.select}`,
  );
  return true;
}
