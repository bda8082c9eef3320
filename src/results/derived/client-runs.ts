import { groupBy } from '../../common/group.js';
import { NO_FAULT, severityRank } from '../../vocabulary/faults.js';
import { releaseRank } from '../../vocabulary/releases.js';
import { BLOCKS } from '../core/blocks.js';
import { cached, MissingData } from '../core/query.js';
import { USABLE } from '../core/setting.js';

/** A usable run whose load came from the client. */
export interface ClientRun {
  run_id: string;
  campaign: string;
  scenario: string;
  workload: string;
  debian_release: string | null;
  dqlite_version: string | null;
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
  inject_at_s: number | null;
  lift_at_s: number | null;
  /** How the nodes were set, as JSON; null where they were as go-dqlite has them. */
  node_settings: string | null;
  block: number | null;
  trial: number;
  /** The plan that it is of; see `core/blocks.ts`. */
  sitting: string;
}

/** Trials of the same question: the same scenario, severity and release. */
export interface ClientGroup extends ClientRun {
  trials: ClientRun[];
}

/** All usable runs of the client but the calibrations, in the order of their campaign and block. */
export const clientRuns = cached((data) =>
  data.query<ClientRun>(
    `SELECT run_id, campaign, scenario, workload, debian_release, dqlite_version, fault, target_role, severity, severity_unit, arrivals,
       offered_per_s, capacity_per_s, client_settings, node_settings, workers, duration_s, inject_at_s, lift_at_s, block, trial, sitting
     FROM runs JOIN ${BLOCKS} USING (run_id) WHERE ${USABLE} AND driver_role = 'client' AND scenario <> 'calibration'
     ORDER BY campaign, block, run_id`,
  ),
);

/** The runs of scenarios that ask the same of several roles, or for several lengths: their figures are curves. */
export const sweepRuns = cached(async (data) => {
  const scenarios = groupBy(await clientRuns(data), ({ campaign, scenario }) => `${campaign}\n${scenario}`);
  return [...scenarios.values()].filter(isSweep).flat();
});

function isSweep(runs: readonly ClientRun[]): boolean {
  const several = (of: (run: ClientRun) => unknown) => new Set(runs.map(of)).size > 1;
  return several((run) => run.target_role) || several(lengthOf);
}

/** The runs of scenarios that offer several rates without a fault: their figure is a curve, too. */
export const loadRuns = cached(async (data) => {
  const open = (await clientRuns(data)).filter(
    ({ arrivals, fault }) => arrivals === 'open' && fault === NO_FAULT,
  );
  const scenarios = groupBy(open, (run) => `${run.campaign}\n${run.scenario}`);
  return [...scenarios.values()].filter((runs) => new Set(runs.map(rateOf)).size > 1).flat();
});

/** The rate that was asked for, as it was written: operations a second, or a share of the capacity such as `50%`. */
export function rateOf({ client_settings }: ClientRun): string {
  return String((JSON.parse(client_settings) as { rate?: number | string }).rate ?? '');
}

/** For how long the fault of a run was planned, in s; null where it was not lifted. */
export function lengthOf({
  inject_at_s,
  lift_at_s,
}: Pick<ClientRun, 'inject_at_s' | 'lift_at_s'>): number | null {
  return inject_at_s === null || lift_at_s === null
    ? null
    : Math.round((lift_at_s - inject_at_s) * 1000) / 1000;
}

/** The release whose go-dqlite the clients had: that of the nodes, unless they were given another. */
export function libraryRelease(run: Pick<ClientRun, 'client_settings' | 'debian_release'>): string | null {
  return givenLibrary(run) ?? run.debian_release;
}

function givenLibrary({ client_settings }: Pick<ClientRun, 'client_settings'>): string | null {
  return (JSON.parse(client_settings) as { release?: string }).release ?? null;
}

/**
 * The runs of the client by what was asked, without those whose figures are curves: those without a fault first, then by fault and role, from mild to hard.
 * @throws MissingData where there is none
 */
export const clientGroups = cached(async (data): Promise<ClientGroup[]> => {
  const curves = new Set([...(await sweepRuns(data)), ...(await loadRuns(data))]);
  const runs = (await clientRuns(data)).filter((run) => !curves.has(run));
  if (runs.length === 0) {
    const others = curves.size > 0 ? ' but those that danger-zone and capacity show' : '';
    throw new MissingData(`no usable run with the client${others}`);
  }
  const groups = groupBy(runs, (run) =>
    [
      ...[run.campaign, run.scenario, run.workload, run.debian_release, run.severity, run.workers],
      ...[run.client_settings, run.node_settings],
    ].join('\n'),
  );
  return [...groups.values()]
    .map((trials) => ({ ...trials[0]!, trials }))
    .sort(
      (a, b) =>
        Number(b.fault === NO_FAULT) - Number(a.fault === NO_FAULT) ||
        a.fault.localeCompare(b.fault, 'en') ||
        b.target_role.localeCompare(a.target_role, 'en') ||
        severityRank(a.fault, a.severity) - severityRank(b.fault, b.severity) ||
        releaseRank(givenLibrary(a)) - releaseRank(givenLibrary(b)) ||
        a.scenario.localeCompare(b.scenario, 'en') ||
        releaseRank(a.debian_release) - releaseRank(b.debian_release),
    );
});
