import { groupBy } from '../../common/group.js';
import { type Estimate, meanEstimate } from '../core/interval.js';
import { among, cached, listed } from '../core/query.js';
import { type ClientGroup, clientGroups } from './client-runs.js';
import { inOneSitting } from './sittings.js';

/** What became of the operations of a second of the workload, per trial and averaged over them. */
export interface ServiceSecond {
  second: number;
  offered: Estimate;
  /** Succeeded within 1 s of when they were due. */
  served: Estimate;
  /** Succeeded, but later. */
  late: Estimate;
  /** Did not happen, or nobody can tell, or never tried. */
  lost: Estimate;
}

/** A fault of the client's runs, second by second. */
export interface ServiceOverTime extends ClientGroup {
  seconds: ServiceSecond[];
  /** Mean instants of the fault and its lift over trials, in s from the start; null where there was none. */
  fault_s: number | null;
  lift_s: number | null;
}

/** The service that clients had over time, in each of these scenarios that there is; with an open loop alone, and of one sitting. */
export const serviceOverTime = cached(async (data): Promise<ServiceOverTime[]> => {
  const groups = inOneSitting((await clientGroups(data)).filter(({ arrivals }) => arrivals === 'open'));
  const ids = groups.flatMap(({ trials }) => trials.map(({ run_id }) => run_id));
  const rows = await data.query<{
    run_id: string;
    second: number;
    offered: number;
    ok: number;
    within_1s: number;
  }>(
    `SELECT run_id, second, sum(offered)::INTEGER AS offered, sum(ok)::INTEGER AS ok, sum(within_1s)::INTEGER AS within_1s
     FROM service WHERE ${among('run_id', 'runs')} GROUP BY run_id, second ORDER BY run_id, second`,
    { runs: listed(ids) },
  );
  const marks = await data.query<{ run_id: string; fault_s: number | null; lift_s: number | null }>(
    `SELECT run_id,
       (min(time_ns) FILTER (event = 'fault_injected') - min(time_ns) FILTER (event = 'workload_started'))::DOUBLE / 1e9 AS fault_s,
       (max(time_ns) FILTER (event = 'fault_lifted') - min(time_ns) FILTER (event = 'workload_started'))::DOUBLE / 1e9 AS lift_s
     FROM events WHERE ${among('run_id', 'runs')} GROUP BY run_id`,
    { runs: listed(ids) },
  );
  const byRun = groupBy(rows, ({ run_id }) => run_id);
  return groups.map((group) => {
    const of = new Set(group.trials.map(({ run_id }) => run_id));
    const mine = marks.filter(({ run_id }) => of.has(run_id));
    const lifts = mine.flatMap(({ lift_s }) =>
      lift_s !== null && lift_s < group.duration_s ? [lift_s] : [],
    );
    return {
      ...group,
      seconds: secondsOf(group, byRun),
      fault_s: mean(mine.flatMap(({ fault_s }) => fault_s ?? [])),
      lift_s: mean(lifts),
    };
  });
});

/**
 * The share of what was due during the fault, in whole seconds, that succeeded within 1 s; of all that was due where there
 * was no fault.
 */
export function servedShare({ seconds, fault_s, lift_s, duration_s }: ServiceOverTime): number {
  const within = seconds.filter(
    ({ second }) => second >= Math.ceil(fault_s ?? 0) && second + 1 <= (lift_s ?? duration_s),
  );
  const sum = (name: 'offered' | 'served') => within.reduce((total, one) => total + one[name].value, 0);
  return sum('served') / Math.max(sum('offered'), 1);
}

function secondsOf(
  { trials, duration_s }: ClientGroup,
  byRun: ReadonlyMap<string, readonly { second: number; offered: number; ok: number; within_1s: number }[]>,
): ServiceSecond[] {
  return Array.from({ length: Math.floor(duration_s) }, (_, second) => {
    const found = trials.map(
      ({ run_id }) =>
        byRun.get(run_id)?.find((row) => row.second === second) ?? { offered: 0, ok: 0, within_1s: 0 },
    );
    const over = (value: (row: (typeof found)[number]) => number) => meanEstimate(found.map(value));
    return {
      second,
      offered: over(({ offered }) => offered),
      served: over(({ within_1s }) => within_1s),
      late: over(({ ok, within_1s }) => ok - within_1s),
      lost: over(({ offered, ok }) => offered - ok),
    };
  });
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}
