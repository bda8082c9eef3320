import type { Model } from '../vocabulary/models.js';
import type { WorkloadName } from '../vocabulary/workloads.js';

/** A fault as a scenario has it, at absolute times. */
export interface TrialFault {
  readonly kind: string;
  readonly target: string;
  readonly severity?: number;
  readonly inject_at: number;
  readonly lift_at?: number;
}

/** A run that can be made again: the fields of a scenario's file, and for how long. */
export interface Trial {
  readonly scenario: {
    readonly title: string;
    readonly question: string;
    readonly workload: WorkloadName;
    readonly workers: number;
    readonly consistency: Model;
    readonly client: Readonly<Record<string, unknown>>;
    readonly nodes?: Readonly<Record<string, unknown>>;
    readonly faults?: readonly TrialFault[];
  };
  readonly durationS: number;
}

/** A way to make a trial smaller; undefined where it is as small as that makes it. */
export interface Smaller {
  readonly what: string;
  change(trial: Trial): Trial | undefined;
}

const LEAST = { durationS: 2, keys: 1, workers: 1, rate: 10 };

/** What is tried in turn, what takes most away first. */
export const smaller: readonly Smaller[] = [
  { what: 'without the last fault', change: (trial) => withoutFault(trial, -1) },
  { what: 'without the first fault', change: (trial) => withoutFault(trial, 0) },
  { what: 'for half as long', change: halfAsLong },
  { what: 'with half the keys', change: (trial) => inClient(trial, 'keys', LEAST.keys) },
  { what: 'with half the connections', change: halfTheWorkers },
  { what: 'at half the rate', change: (trial) => inClient(trial, 'rate', LEAST.rate) },
];

function withoutFault(trial: Trial, at: 0 | -1): Trial | undefined {
  const { faults, ...scenario } = trial.scenario;
  if (!faults?.length) return undefined;
  const left = faults.toSpliced(at, 1);
  // the node of a fault that is gone is nobody
  if (left[0]?.target === 'same') return undefined;
  return { ...trial, scenario: { ...scenario, ...(left.length > 0 ? { faults: left } : {}) } };
}

/** Its faults come earlier, and last for less. */
function halfAsLong({ scenario, durationS }: Trial): Trial | undefined {
  if (durationS <= LEAST.durationS) return undefined;
  const half = Math.max(LEAST.durationS, Math.ceil(durationS / 2));
  const sooner = (at: number) => Math.round(((at * half) / durationS) * 1000) / 1000;
  const faults = scenario.faults?.map((fault) => ({
    ...fault,
    inject_at: sooner(fault.inject_at),
    ...(fault.lift_at === undefined ? {} : { lift_at: sooner(fault.lift_at) }),
  }));
  return { durationS: half, scenario: { ...scenario, ...(faults ? { faults } : {}) } };
}

function halfTheWorkers(trial: Trial): Trial | undefined {
  const { workers } = trial.scenario;
  if (workers <= LEAST.workers) return undefined;
  return { ...trial, scenario: { ...trial.scenario, workers: Math.floor(workers / 2) } };
}

function inClient(trial: Trial, field: 'keys' | 'rate', least: number): Trial | undefined {
  const value = trial.scenario.client[field];
  if (typeof value !== 'number' || value <= least) return undefined;
  const client = { ...trial.scenario.client, [field]: Math.max(least, Math.floor(value / 2)) };
  return { ...trial, scenario: { ...trial.scenario, client } };
}
