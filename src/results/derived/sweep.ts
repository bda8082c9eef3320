import { groupBy } from '../../common/group.js';
import { severityRank } from '../../vocabulary/faults.js';
import { type CrossingEstimate, crossingOf } from '../core/crossing.js';
import { type Estimate, meanEstimate } from '../core/interval.js';
import { among, cached, listed, MissingData, type Queryable } from '../core/query.js';
import { CONFIRMED, FINAL } from '../core/setting.js';
import { type ClientRun, lengthOf, sweepRuns } from './client-runs.js';

/** A severity of a sweep, with the share of the service that was lost in each trial. */
export interface Lost {
  severity: number;
  trials: readonly number[];
  lost: Estimate;
  /** The same of the whole seconds from the lift to the end of the workload; null where there are none. */
  after: Estimate | null;
}

/** What the runs of a curve have in common, besides their fault. */
type Setting = Pick<
  ClientRun,
  | 'campaign'
  | 'debian_release'
  | 'scenario'
  | 'workload'
  | 'workers'
  | 'arrivals'
  | 'client_settings'
  | 'node_settings'
>;

/** One curve of a sweep: the service that is lost by severity, for a role, a length of the fault, and a mix. */
export interface Sweep extends Setting {
  fault: string;
  severity_unit: string;
  target_role: string;
  /** For how long the fault lasted, in s. */
  for_s: number;
  /** Share of reads among what was due. */
  reads: number;
  /** From the mildest to the hardest. */
  points: Lost[];
  /** Severities with runs in which no measurement showed that the fault took effect, from the mildest to the hardest. */
  untested: { severity: number; trials: number }[];
  /** Where a tenth, and half, of the service is lost. */
  danger: { tenth: CrossingEstimate; half: CrossingEstimate };
}

/** Of how much of the service a danger zone tells where it is lost. */
export const DANGER_LEVELS = { tenth: 0.1, half: 0.5 } as const;

/**
 * The share of the service that a fault takes away: of what was due while it lasted, how much less succeeded within 1 s than
 * before it in the same run. Whole seconds count, the first of the workload not; and severities at which at least half of the
 * trials took effect.
 * @throws MissingData where there is no sweep
 */
export const sweeps = cached(async (data): Promise<Sweep[]> => {
  const runs = (await sweepRuns(data)).filter(
    (run) => run.severity !== null && run.lift_at_s !== null && run.arrivals === 'open',
  );
  if (runs.length === 0) {
    throw new MissingData(
      'no usable runs with the client in which a fault had several severities and lengths',
    );
  }
  const shares = await data.query<{
    run_id: string;
    reads: number;
    before: number;
    during: number;
    after: number | null;
  }>(
    `WITH marks AS (
       SELECT run_id,
         round((min(time_ns) FILTER (event = 'fault_injected') - min(time_ns) FILTER (event = 'workload_started'))::DOUBLE / 1e9) AS from_s,
         round((max(time_ns) FILTER (event = 'fault_lifted') - min(time_ns) FILTER (event = 'workload_started'))::DOUBLE / 1e9) AS to_s
       FROM events WHERE ${among('run_id', 'runs')} GROUP BY run_id
     )
     SELECT run_id, sum(offered) FILTER (kind = 'read')::DOUBLE / sum(offered) AS reads,
       sum(within_1s) FILTER (second >= 1 AND second < from_s)::DOUBLE / sum(offered) FILTER (second >= 1 AND second < from_s) AS before,
       sum(within_1s) FILTER (second >= from_s AND second < to_s)::DOUBLE / sum(offered) FILTER (second >= from_s AND second < to_s) AS during,
       sum(within_1s) FILTER (second >= to_s AND second < duration_s)::DOUBLE
         / nullif(sum(offered) FILTER (second >= to_s AND second < duration_s), 0) AS after
     FROM service JOIN marks USING (run_id) JOIN runs USING (run_id) GROUP BY run_id
     HAVING before > 0 AND during IS NOT NULL`,
    { runs: listed(runs.map(({ run_id }) => run_id)) },
  );
  const byRun = new Map(shares.map((share) => [share.run_id, share]));
  const found = runs.flatMap((run) => {
    const share = byRun.get(run.run_id);
    if (!share) return [];
    const lostOf = (part: number) => Math.max(0, 1 - part / share.before);
    const after = share.after === null ? null : lostOf(share.after);
    return [{ ...run, ...share, lost: lostOf(share.during), after }];
  });
  const without = groupBy(await withoutEffect(data), curveKey);
  const curves = groupBy(found, curveKey);
  return [...curves].flatMap(([key, runs]) => curveOf(runs, without.get(key) ?? [])).sort(compare);
});

function curveKey(run: Asked): string {
  return [
    ...[run.campaign, run.debian_release, run.scenario, run.fault, run.target_role, lengthOf(run)],
    ...[run.client_settings, run.node_settings, run.workers],
  ].join('\n');
}

type Asked = Pick<
  ClientRun,
  | 'campaign'
  | 'debian_release'
  | 'scenario'
  | 'fault'
  | 'target_role'
  | 'severity'
  | 'inject_at_s'
  | 'lift_at_s'
  | 'client_settings'
  | 'node_settings'
  | 'workers'
>;

/** Runs of the client that were complete, and whose fault no measurement confirmed. */
function withoutEffect(data: Queryable): Promise<Asked[]> {
  return data.query<Asked>(
    `SELECT campaign, debian_release, scenario, fault, target_role, severity, inject_at_s, lift_at_s, client_settings, node_settings, workers
     FROM runs WHERE status = 'complete' AND ${FINAL} AND driver_role = 'client' AND severity IS NOT NULL AND NOT ${CONFIRMED}`,
  );
}

/** One curve; none where at every severity more trials had no effect than had one. */
function curveOf(
  all: readonly (ClientRun & { reads: number; lost: number; after: number | null })[],
  without: readonly Asked[],
): Sweep[] {
  const at = (runs: readonly Asked[], severity: number | null) =>
    runs.filter((run) => run.severity === severity).length;
  const runs = all.filter(({ severity }) => at(all, severity) >= at(without, severity));
  const [one] = runs;
  if (!one) return [];
  const byRank = (a: { severity: number }, b: { severity: number }) =>
    severityRank(one.fault, a.severity) - severityRank(one.fault, b.severity);
  const points = [...groupBy(runs, ({ severity }) => severity!).entries()]
    .map(([severity, trials]) => {
      const values = trials.map(({ lost }) => lost);
      const after = trials.flatMap((trial) => trial.after ?? []);
      return {
        severity,
        trials: values,
        lost: shareEstimate(values),
        after: after.length === 0 ? null : shareEstimate(after),
      };
    })
    .sort(byRank);
  const curve = points.map(({ severity, trials }) => ({ severity, values: trials }));
  return [
    {
      ...{ campaign: one.campaign, debian_release: one.debian_release, scenario: one.scenario },
      ...{ workload: one.workload, workers: one.workers, arrivals: one.arrivals },
      ...{ client_settings: one.client_settings, node_settings: one.node_settings, fault: one.fault },
      ...{ severity_unit: one.severity_unit ?? '', target_role: one.target_role },
      for_s: lengthOf(one)!,
      reads: runs.reduce((sum, { reads }) => sum + (reads ?? 0), 0) / runs.length,
      points,
      untested: [...groupBy(without, ({ severity }) => severity!)]
        .map(([severity, { length }]) => ({ severity, trials: length }))
        .sort(byRank),
      danger: {
        tenth: crossingOf(curve, DANGER_LEVELS.tenth),
        half: crossingOf(curve, DANGER_LEVELS.half),
      },
    },
  ];
}

/** The mean of shares with its interval, which no share can leave. */
function shareEstimate(shares: readonly number[]): Estimate {
  const { low, high, ...mean } = meanEstimate(shares);
  return { ...mean, low: low && Math.max(0, low), high: high && Math.min(1, high) };
}

function compare(a: Sweep, b: Sweep): number {
  return (
    a.fault.localeCompare(b.fault, 'en') ||
    b.target_role.localeCompare(a.target_role, 'en') ||
    b.reads - a.reads ||
    a.for_s - b.for_s
  );
}

/** The severities that cost more of what was due after the lift than while the fault lasted: their intervals lie apart. */
export function costlierAfter({ points }: Sweep): (Lost & { after: Estimate })[] {
  return points.flatMap((point) => {
    const { lost, after } = point;
    const apart = after !== null && after.low !== null && lost.high !== null && after.low > lost.high;
    return apart ? [{ ...point, after }] : [];
  });
}

/** Two points of which one was to be worse than the other; both intervals tell whether it was. */
export interface Contrast {
  fault: string;
  for_s: number;
  reads: number;
  /** What is expected to cost more, in words, and what was expected to cost less. */
  expected: { words: string; lost: Estimate };
  other: { words: string; lost: Estimate };
}

/** Severities that cost less than the milder one next to them: their intervals lie apart. */
export function harderButBetter(all: readonly Sweep[]): { found: Contrast[]; pairs: number } {
  const pairs = all.flatMap((sweep) =>
    sweep.points.slice(1).map((harder, i): Contrast => {
      const words = ({ severity }: Lost) => `${severity} ${sweep.severity_unit} on the ${sweep.target_role}`;
      const milder = sweep.points[i]!;
      return {
        ...{ fault: sweep.fault, for_s: sweep.for_s, reads: sweep.reads },
        expected: { words: words(harder), lost: harder.lost },
        other: { words: words(milder), lost: milder.lost },
      };
    }),
  );
  return { found: pairs.filter(isReversed), pairs: pairs.length };
}

/** Severities at which a follower costs more than the leader: their intervals lie apart. */
export function followerWorse(all: readonly Sweep[]): { found: Contrast[]; pairs: number } {
  const same = (a: Sweep, b: Sweep) =>
    a.campaign === b.campaign &&
    a.debian_release === b.debian_release &&
    a.workers === b.workers &&
    a.client_settings === b.client_settings &&
    a.node_settings === b.node_settings &&
    a.fault === b.fault &&
    a.for_s === b.for_s &&
    Math.abs(a.reads - b.reads) < 0.05;
  const pairs = all
    .filter(({ target_role }) => target_role === 'leader')
    .flatMap((leader) => {
      const follower = all.find((one) => one.target_role === 'follower' && same(one, leader));
      return leader.points.flatMap(({ severity, lost }): Contrast[] => {
        const theirs = follower?.points.find((point) => point.severity === severity);
        if (!theirs) return [];
        const words = `${severity} ${leader.severity_unit} on the`;
        return [
          {
            ...{ fault: leader.fault, for_s: leader.for_s, reads: leader.reads },
            expected: { words: `${words} leader`, lost },
            other: { words: `${words} follower`, lost: theirs.lost },
          },
        ];
      });
    });
  return { found: pairs.filter(isReversed), pairs: pairs.length };
}

function isReversed({ expected, other }: Contrast): boolean {
  return expected.lost.high !== null && other.lost.low !== null && expected.lost.high < other.lost.low;
}
