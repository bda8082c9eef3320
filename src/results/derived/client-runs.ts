import { groupBy } from '../../common/group.js';
import { NO_FAULT, severityRank } from '../../vocabulary/faults.js';
import { cached, MissingData } from '../core/query.js';
import { USABLE } from '../core/setting.js';

/** A usable run whose load came from the client. */
export interface ClientRun {
  run_id: string;
  campaign: string;
  scenario: string;
  workload: string;
  debian_release: string | null;
  fault: string;
  target_role: string;
  severity: number | null;
  severity_unit: string | null;
  arrivals: 'open' | 'closed';
  offered_per_s: number | null;
  capacity_per_s: number | null;
  client_settings: string;
  workers: number;
  duration_s: number;
  block: number | null;
  trial: number;
}

/** Trials of the same question: the same scenario, severity and release. */
export interface ClientGroup extends ClientRun {
  trials: ClientRun[];
}

/** All usable runs of the client but the calibrations, in the order of their campaign and block. */
export const clientRuns = cached((data) =>
  data.query<ClientRun>(
    `SELECT run_id, campaign, scenario, workload, debian_release, fault, target_role, severity, severity_unit, arrivals,
       offered_per_s, capacity_per_s, client_settings, workers, duration_s, block, trial
     FROM runs WHERE ${USABLE} AND driver_role = 'client' AND scenario <> 'calibration'
     ORDER BY campaign, block, run_id`,
  ),
);

/**
 * The runs of the client by what was asked: those without a fault first, then by fault and role, from mild to hard.
 * @throws MissingData where there is none
 */
export const clientGroups = cached(async (data): Promise<ClientGroup[]> => {
  const runs = await clientRuns(data);
  if (runs.length === 0) throw new MissingData('no usable run with the client');
  const groups = groupBy(runs, (run) =>
    [run.campaign, run.scenario, run.workload, run.debian_release, run.severity, run.workers].join('\n'),
  );
  return [...groups.values()]
    .map((trials) => ({ ...trials[0]!, trials }))
    .sort(
      (a, b) =>
        Number(b.fault === NO_FAULT) - Number(a.fault === NO_FAULT) ||
        a.fault.localeCompare(b.fault, 'en') ||
        b.target_role.localeCompare(a.target_role, 'en') ||
        severityRank(a.fault, a.severity) - severityRank(b.fault, b.severity) ||
        a.scenario.localeCompare(b.scenario, 'en'),
    );
});
