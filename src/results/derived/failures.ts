import type { Queryable } from '../core/query.js';
import { FINAL, type Setting } from '../core/setting.js';

/** Runs of a configuration that failed, and why. */
export interface FailedRuns {
  fault: string;
  target_role: 'none' | 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  runs: number;
  reason: string;
}

/** The failed runs of a setting, by configuration. */
export function failedRuns(data: Queryable, { campaign, runtime, workload }: Setting): Promise<FailedRuns[]> {
  return data.query<FailedRuns>(
    `SELECT fault, target_role, severity, severity_unit, count(*)::INTEGER AS runs, min(status_reason) AS reason
     FROM runs WHERE status = 'failed' AND ${FINAL} AND status_reason IS NOT NULL
       AND campaign = $campaign AND runtime = $runtime AND workload = $workload
     GROUP BY ALL ORDER BY fault, target_role, severity DESC`,
    { campaign, runtime, workload },
  );
}
