import { groupBy } from '../../common/group.js';
import { type Estimate, geometricEstimate, meanEstimate } from '../core/interval.js';
import { among, cached, listed, MissingData } from '../core/query.js';
import { type ClientRun, loadRuns, rateOf } from './client-runs.js';

/** How long operations of a kind took since they were due, in ms. */
export interface LoadTimes {
  median_ms: Estimate;
  p99_ms: Estimate;
}

/** A rate that was offered, over its trials. Times are null where no operation of the kind succeeded in some trial. */
export interface LoadPoint {
  /** As it was asked for, such as `60%`. */
  rate: string;
  /** What was due, and of it what succeeded within 1 s of then, in % of the block’s capacity; null where that is not known. */
  offered_percent: Estimate | null;
  served_percent: Estimate | null;
  offered_per_s: Estimate;
  /** Succeeded within 1 s of when they were due. */
  served_per_s: Estimate;
  read: LoadTimes | null;
  write: LoadTimes | null;
}

export interface Knee {
  block: number;
  rate: string;
  offered_per_s: number;
  /** In % of the block’s capacity. */
  offered_percent: number | null;
  /** It lies at the highest rate that was tried, so that it may lie beyond. */
  censored: boolean;
}

/** How response times grow with the load, for one scenario. */
export interface CapacityCurve {
  campaign: string;
  scenario: string;
  workload: string;
  debian_release: string | null;
  workers: number;
  /** What a closed loop reached before each block; null where rates are absolute. */
  capacity_per_s: Estimate | null;
  /** From the lowest rate to the highest. */
  points: LoadPoint[];
  /**
   * The offered rate of the knee in each block: where the service that is had for the waiting, served operations a second
   * over the 99th percentile of a kind of operation, is greatest (the "power" of Kleinrock 1979).
   */
  knees: Record<'read' | 'write', Knee[]>;
}

interface Measured extends ClientRun {
  offered: number;
  served: number;
  times: Partial<Record<'read' | 'write', { median: number; p99: number }>>;
}

const KINDS = ['read', 'write'] as const;

/**
 * The load curves of a dataset.
 * @throws MissingData where no scenario offered several rates
 */
export const capacityCurves = cached(async (data): Promise<CapacityCurve[]> => {
  const runs = await loadRuns(data);
  if (runs.length === 0) throw new MissingData('no usable runs with the client at several rates');
  const ids = { runs: listed(runs.map(({ run_id }) => run_id)) };
  const counts = await data.query<{ run_id: string; offered: number; served: number }>(
    `SELECT run_id, sum(offered)::DOUBLE AS offered, sum(within_1s)::DOUBLE AS served
     FROM service WHERE ${among('run_id', 'runs')} GROUP BY run_id`,
    ids,
  );
  const times = await data.query<{ run_id: string; kind: 'read' | 'write'; median: number; p99: number }>(
    `SELECT run_id, kind, max(time_ns) FILTER (share = 0.5)::DOUBLE AS median, max(time_ns) FILTER (share = 0.99)::DOUBLE AS p99
     FROM response_times WHERE ${among('run_id', 'runs')} AND part = 'all' AND since = 'due' GROUP BY run_id, kind`,
    ids,
  );
  const measured = runs.flatMap((run): Measured[] => {
    const count = counts.find(({ run_id }) => run_id === run.run_id);
    const own = times.filter(({ run_id }) => run_id === run.run_id);
    return count ? [{ ...run, ...count, times: Object.fromEntries(own.map((one) => [one.kind, one])) }] : [];
  });
  const curves = groupBy(measured, (run) =>
    [run.campaign, run.scenario, run.workload, run.debian_release, run.workers, run.node_settings].join('\n'),
  );
  return [...curves.values()].map(curveOf);
});

function curveOf(runs: readonly Measured[]): CapacityCurve {
  const { campaign, scenario, workload, debian_release, workers } = runs[0]!;
  const blocks = [...groupBy(runs, ({ block, trial }) => block ?? trial).entries()];
  const capacities = blocks.flatMap(([, [one]]) => one!.capacity_per_s ?? []);
  const points = [...groupBy(runs, rateOf).entries()]
    .map(([rate, trials]) => pointOf(rate, trials))
    .sort((a, b) => a.offered_per_s.value - b.offered_per_s.value);
  const knee = (kind: 'read' | 'write') =>
    blocks.flatMap(([block, mine]): Knee[] | Knee => {
      const best = mine.reduce((a, b) => (power(b, kind) > power(a, kind) ? b : a));
      if (power(best, kind) === 0) return [];
      const offered_per_s = best.offered / best.duration_s;
      const censored = rateOf(best) === points.at(-1)!.rate;
      const offered_percent = percent(best, best.offered);
      return { block, rate: rateOf(best), offered_per_s, offered_percent, censored };
    });
  return {
    ...{ campaign, scenario, workload, debian_release, workers, points },
    capacity_per_s: capacities.length > 0 ? meanEstimate(capacities) : null,
    knees: { read: knee('read'), write: knee('write') },
  };
}

function pointOf(rate: string, trials: readonly Measured[]): LoadPoint {
  const over = (value: (run: Measured) => number) => meanEstimate(trials.map(value));
  const timesOf = (kind: 'read' | 'write'): LoadTimes | null => {
    const own = trials.flatMap(({ times }) => times[kind] ?? []);
    if (own.length < trials.length) return null;
    return {
      median_ms: geometricEstimate(own.map(({ median }) => median / 1e6)),
      p99_ms: geometricEstimate(own.map(({ p99 }) => p99 / 1e6)),
    };
  };
  const [read, write] = KINDS.map(timesOf);
  const shares = (value: (run: Measured) => number): Estimate | null => {
    const known = trials.flatMap((run) => percent(run, value(run)) ?? []);
    return known.length < trials.length ? null : meanEstimate(known);
  };
  return {
    rate,
    offered_percent: shares(({ offered }) => offered),
    served_percent: shares(({ served }) => served),
    offered_per_s: over(({ offered, duration_s }) => offered / duration_s),
    served_per_s: over(({ served, duration_s }) => served / duration_s),
    ...{ read: read!, write: write! },
  };
}

/** A number of operations of a run, in % of the capacity of its block. */
function percent({ capacity_per_s: capacity, duration_s }: Measured, operations: number): number | null {
  return capacity ? (100 * operations) / duration_s / capacity : null;
}

/** What is served for the waiting; 0 where nothing was served. */
function power({ served, duration_s, times }: Measured, kind: 'read' | 'write'): number {
  const p99 = times[kind]?.p99;
  return p99 ? served / duration_s / p99 : 0;
}
