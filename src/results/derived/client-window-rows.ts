import { groupBy } from '../../common/group.js';
import type { clientWindows } from '../client-windows.js';
import { BLOCKS } from '../core/blocks.js';
import { OTHERS_CPU } from '../core/others-cpu.js';
import { cached } from '../core/query.js';
import type { ResultRow } from '../core/result.js';
import { USABLE } from '../core/setting.js';
import { clientRuns } from './client-runs.js';

/** A window of a run of the client, with where in its campaign the run stood. Counts are numbers, which divisions need. */
export type ClientWindow = Pick<
  ResultRow<typeof clientWindows>,
  'run_id' | 'from_s' | 'to_s' | 'seconds' | 'p50_due_ms' | 'p99_due_ms' | 'p50_sent_ms' | 'p99_sent_ms'
> &
  Record<Count, number> & { kind: 'read' | 'write'; block: string; otherCpu: number | null };

const COUNTS = [
  'served',
  'offered',
  'ok',
  'fail',
  'unknown',
  'dropped',
  'within_100ms',
  'within_1s',
] as const;
type Count = (typeof COUNTS)[number];

/** The windows of every usable run of the client, by run_id. */
export const clientWindowRows = cached(async (data): Promise<Map<string, ClientWindow[]>> => {
  if ((await clientRuns(data)).length === 0) return new Map();
  const rows = await data.query<ClientWindow>(
    `SELECT run_id, from_s, to_s, kind, seconds, p50_due_ms, p99_due_ms, p50_sent_ms, p99_sent_ms,
       ${COUNTS.map((name) => `${name}::DOUBLE AS ${name}`).join(', ')},
       in_block AS block, others AS "otherCpu"
     FROM client_windows JOIN (
       SELECT run_id, in_block, ${OTHERS_CPU} AS others FROM runs JOIN ${BLOCKS} USING (run_id) WHERE ${USABLE}
     ) USING (run_id) ORDER BY run_id, from_s, to_s, kind`,
  );
  return groupBy(rows, ({ run_id }) => run_id);
});
