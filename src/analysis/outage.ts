import { groupBy } from '../common/group.js';
import { type Estimate, medianEstimate } from './interval.js';
import { asked, MissingData, type Queryable } from './question.js';
import { STARTS, USABLE } from './runs.js';

/** What a loss did to the clients in one trial. */
export interface OutageTrial {
  run_id: string;
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
  /**
   * From the fault until operations succeeded again: until the end of the first stretch without a success that is
   * longer than {@link LEAST_GAP_NS}, since a few operations still succeed while a fault takes hold. 0 where there is
   * no such stretch. Where none succeeded again, the rest of the workload, and `recovered` is false: it lasted at
   * least so long.
   */
  outage_s: number;
  recovered: boolean;
  /**
   * The longest time without a success, from the fault until the end of the workload. Looked for between whole ms, so
   * one of less than 1 ms may be missed.
   */
  longest_gap_s: number;
  /** From the fault until a node first answered that there is a leader again; null where none did in the workload. */
  new_leader_s: number | null;
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
  outage: Estimate;
  longest_gap: Estimate;
  /** Over the trials in which there was one; null where there was none in any. */
  new_leader: Estimate | null;
}

/** A stretch without a success shorter than this is no outage: 0.25 s. */
const LEAST_GAP_NS = 250_000_000;

const LOSSES = ['crash', 'stop', 'pause', 'network-cut', 'network-cut-in', 'network-cut-out'];

/** The outage of each usable trial in which a node of this role was lost. Operations of both kinds count. */
export function outageTrials(data: Queryable, role = 'leader'): Promise<OutageTrial[]> {
  return (role === 'leader' ? leaderOutages : followerOutages)(data);
}

const leaderOutages = asked((data) => askOutages(data, 'leader'));
const followerOutages = asked((data) => askOutages(data, 'follower'));

function askOutages(data: Queryable, role: string): Promise<OutageTrial[]> {
  return data.query<OutageTrial>(
    `WITH hit AS (
       SELECT * FROM runs WHERE ${USABLE} AND target_role = $role
         AND list_contains(string_split($losses, ','), fault)
     ), times AS (
       SELECT h.run_id, any_value(start_ns) AS started_ns,
         min(e.time_ns) FILTER (event = 'fault_injected') AS injected_ns
       FROM hit h JOIN ${STARTS} USING (run_id) LEFT JOIN events e USING (run_id) GROUP BY h.run_id
     ), span AS (
       -- runs are numbered, since grouping operations by a name takes longer
       SELECT run_id, (row_number() OVER ())::USMALLINT AS run,
         coalesce(injected_ns, started_ns + (inject_at_s * 1e9)::BIGINT) AS from_ns,
         started_ns + (duration_s * 1e9)::BIGINT AS to_ns
       FROM hit JOIN times USING (run_id)
     ), elected AS (
       SELECT run_id, min(time_ns) AS elected_ns FROM events JOIN span USING (run_id)
       WHERE event = 'leader_changed' AND node IS NOT NULL AND time_ns > from_ns AND time_ns <= to_ns GROUP BY run_id
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
       SELECT run_id, max(gap_ns) AS longest_ns, min(until_ns) FILTER (gap_ns >= ${LEAST_GAP_NS}) AS back_ns,
         any_value(from_ns) AS from_ns, any_value(to_ns) AS to_ns
       FROM gaps WHERE run_id NOT IN (SELECT run_id FROM outages) GROUP BY run_id
     ), known AS (
       SELECT run_id, coalesce(back_ns - from_ns, 0)::DOUBLE / 1e9 AS outage_s,
         back_ns IS DISTINCT FROM to_ns AS recovered, longest_ns::DOUBLE / 1e9 AS longest_gap_s FROM found
       UNION ALL SELECT run_id, outage_s, recovered, longest_gap_s FROM outages
     )
     SELECT run_id, campaign, source, runtime, workload, scenario, fault, severity, severity_unit, target_role, coalesce(lift_at_s < duration_s, false) AS lifted,
       debian_release, dqlite_version, go_dqlite_version, trial, outage_s, recovered, longest_gap_s,
       (elected_ns - from_ns)::DOUBLE / 1e9 AS new_leader_s
     FROM hit JOIN known USING (run_id) JOIN span USING (run_id) LEFT JOIN elected USING (run_id)
     ORDER BY scenario, debian_release, trial, run_id`,
    { role, losses: LOSSES.join(',') },
  );
}

/**
 * The outages by scenario and release, of the source and runtime with the most of them. Each group is of one campaign
 * and one workload: where a scenario ran in several, of those with the most trials.
 */
export async function outages(data: Queryable, role = 'leader'): Promise<OutageGroup[]> {
  const all = await outageTrials(data, role);
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
      outage: medianEstimate(trials.map((trial) => trial.outage_s)),
      longest_gap: medianEstimate(trials.map((trial) => trial.longest_gap_s)),
      new_leader: medianIfAny(trials.map((trial) => trial.new_leader_s)),
    }))
    .sort(
      (a, b) =>
        a.fault.localeCompare(b.fault, 'en') ||
        Number(a.lifted) - Number(b.lifted) ||
        (a.dqlite_version ?? '').localeCompare(b.dqlite_version ?? '', 'en', { numeric: true }),
    );
}

function medianIfAny(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? medianEstimate(known) : null;
}

/** The largest group among these trials, the first of equals; none of none. */
function largest(all: readonly OutageTrial[], keyOf: (trial: OutageTrial) => unknown[]): OutageTrial[] {
  const groups = groupBy(all, (trial) => keyOf(trial).join('\n'));
  return [...groups.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
}
