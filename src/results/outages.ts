import { groupBy } from '../common/group.js';
import { LOSSES } from '../vocabulary/faults.js';
import { outageTimes } from './core/outage-times.js';
import { cached, MissingData, type Queryable } from './core/query.js';
import { type ResultRow, result } from './core/result.js';
import { USABLE } from './core/setting.js';
import type { Waited } from './core/survival.js';
import { type Waits, waitsOf, waitUntil } from './core/waits.js';

/** A stretch without a success shorter than this is no outage: 0.25 s. */
const LEAST_GAP_NS = 250_000_000;

const LOST = `fault IN (${LOSSES.map((kind) => `'${kind}'`).join(', ')}) AND target_role <> 'none' AND status <> 'failed'`;

/** What the loss of a node did to the clients of a run. Operations of both kinds count. */
export const outages = result({
  name: 'outages',
  version: 1,
  row: 'a run in which a node was lost',
  key: [],
  columns: [
    {
      name: 'outage_s',
      type: 'DOUBLE',
      unit: 's',
      about:
        'From the fault until operations succeeded again: until the end of the first stretch without a success of at least 0.25 s, since a few still succeed while a fault takes hold; 0 where there is no such stretch. Where none succeeded again, the rest of the workload: it lasted at least so long',
      minimum: 0,
    },
    { name: 'recovered', type: 'BOOLEAN', about: 'Whether any succeeded again' },
    {
      name: 'longest_gap_s',
      type: 'DOUBLE',
      unit: 's',
      about:
        'The longest time without a success, from the fault until the workload’s end. Looked for between whole ms, so one of less than 1 ms may be missed',
      minimum: 0,
    },
    {
      name: 'new_leader_s',
      type: 'DOUBLE',
      unit: 's',
      about:
        'From the fault until a node first answered that there is a leader again; null where none did in the workload',
      optional: true,
      minimum: 0,
    },
    {
      name: 'lift_s',
      type: 'DOUBLE',
      unit: 's',
      about: 'From the fault until its lift; null where it was not lifted in the workload',
      optional: true,
      minimum: 0,
    },
  ],
  perRun: `
    WITH hit AS (
      SELECT run_id FROM runs WHERE ${LOST}
    ), span AS (
      -- runs are numbered, since grouping operations by a name takes longer
      SELECT run_id, (row_number() OVER ())::USMALLINT AS run, from_ns, to_ns, new_leader_s, lift_s
      FROM hit JOIN (${outageTimes}) USING (run_id) WHERE from_ns IS NOT NULL
    ), success AS (
      SELECT run, start_ns + latency_ns AS end_ns
      FROM operations JOIN span USING (run_id) WHERE outcome = 'ok' AND start_ns + latency_ns >= from_ns
    ), ends AS (
      SELECT run, end_ns // 1000000 AS ms, min(end_ns) AS first_ns, max(end_ns) AS last_ns
      FROM (FROM success UNION ALL SELECT run, to_ns FROM span) GROUP BY run, ms
    ), gaps AS (
      SELECT run_id, from_ns, to_ns, first_ns AS until_ns,
        first_ns - coalesce(lag(last_ns) OVER (PARTITION BY run ORDER BY ms), from_ns) AS gap_ns
      FROM ends JOIN span USING (run)
    ), found AS (
      SELECT run_id, max(gap_ns) AS longest_ns, min(until_ns) FILTER (gap_ns >= ${LEAST_GAP_NS}) AS back_ns
      FROM gaps GROUP BY run_id
    )
    SELECT run_id, coalesce(back_ns - from_ns, 0)::DOUBLE / 1e9 AS outage_s,
      back_ns IS DISTINCT FROM to_ns AS recovered, longest_ns::DOUBLE / 1e9 AS longest_gap_s,
      new_leader_s, lift_s
    FROM found JOIN span USING (run_id)
    WHERE run_id IN (SELECT DISTINCT run_id FROM operations)`,
});

/** An outage with what its run was. */
export interface OutageTrial extends Omit<ResultRow<typeof outages>, 'definition'> {
  campaign: string;
  source: string;
  runtime: string;
  workload: string;
  scenario: string;
  fault: string;
  severity: number | null;
  severity_unit: string | null;
  target_role: string;
  /** Whether the node came back before the workload's end. */
  lifted: boolean;
  debian_release: string | null;
  dqlite_version: string | null;
  /** Of the clients' library. */
  go_dqlite_version: string | null;
  trial: number;
}

/** Every way of losing a node, with its trials. */
export interface OutageGroup {
  scenario: string;
  fault: string;
  severity: number | null;
  severity_unit: string | null;
  lifted: boolean;
  campaign: string;
  workload: string;
  debian_release: string | null;
  dqlite_version: string | null;
  go_dqlite_version: string | null;
  trials: OutageTrial[];
  /** Until operations succeeded again; what ended with the lift, or not within the run, is censored there. */
  outage: Waits;
  /** Until a new leader was known, censored likewise. */
  new_leader: Waits;
}

/** The outage of each usable trial in which a node was lost. */
export const outageTrials = cached((data) =>
  data.query<OutageTrial>(
    `SELECT * EXCLUDE (definition), coalesce(lift_at_s < duration_s, false) AS lifted
     FROM outages JOIN (
       SELECT run_id, campaign, source, runtime, workload, scenario, fault, severity, severity_unit, target_role,
         lift_at_s, duration_s, debian_release, dqlite_version, go_dqlite_version, trial
       FROM runs WHERE ${USABLE}
     ) USING (run_id)
     ORDER BY scenario, debian_release, trial, run_id`,
  ),
);

/**
 * The outages by scenario and release, of the source and runtime with the most of them. Each group is of one campaign
 * and one workload: where a scenario ran in several, of those with the most trials.
 */
export async function outageGroups(data: Queryable, role = 'leader'): Promise<OutageGroup[]> {
  const all = (await outageTrials(data)).filter((trial) => trial.target_role === role);
  const most = largest(all, (t) => [t.source, t.runtime]);
  if (most.length === 0) throw new MissingData(`no usable run in which the ${role} was lost`);
  const groups = groupBy(most, (t) =>
    [t.scenario, t.fault, t.severity, t.debian_release, t.dqlite_version].join('\n'),
  );
  return [...groups.values()]
    .map((group) => largest(group, (t) => [t.campaign, t.workload]))
    .map((trials) => ({
      ...trials[0]!,
      trials,
      outage: waitsOf(trials.map(outageOf)),
      new_leader: waitsOf(trials.map(newLeaderOf)),
    }))
    .sort(
      (a, b) =>
        a.fault.localeCompare(b.fault, 'en') ||
        Number(a.lifted) - Number(b.lifted) ||
        (a.dqlite_version ?? '').localeCompare(b.dqlite_version ?? '', 'en', { numeric: true }),
    );
}

/** How long an outage lasted by itself: the lift, or the end of the run, may have ended it. */
export function outageOf({ outage_s, recovered, lift_s }: OutageTrial): Waited {
  return waitUntil(recovered ? outage_s : null, lift_s ?? (recovered ? null : outage_s));
}

/** How long there was no new leader; one that was never seen was not there while the outage lasted. */
function newLeaderOf({ new_leader_s, lift_s, outage_s }: OutageTrial): Waited {
  return waitUntil(new_leader_s, lift_s ?? (new_leader_s === null ? outage_s : null));
}

/** The largest group among these trials, the first of equals; none of none. */
function largest(all: readonly OutageTrial[], keyOf: (trial: OutageTrial) => unknown[]): OutageTrial[] {
  const groups = groupBy(all, (trial) => keyOf(trial).join('\n'));
  return [...groups.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
}
