import { groupBy } from '../../common/group.js';
import { NO_FAULT, severityRank } from '../../vocabulary/faults.js';
import { compareWorkloads, type WorkloadName } from '../../vocabulary/workloads.js';
import { type BlockModel, fitBlocks } from '../core/block-model.js';
import type { Ratio } from '../core/interval.js';
import { MissingData, type Queryable } from '../core/query.js';
import { mainSetting } from '../core/setting.js';
import { runWindows, type Window } from '../windows.js';
import { allConfigurations, faultWorkers } from './configurations.js';

/** What a fault did while it was there, against runs without one in the same seconds; see {@link windows}. */
export interface Impact {
  workload: WorkloadName;
  fault: string;
  target_role: 'leader' | 'follower';
  severity: number | null;
  severity_unit: string | null;
  /** Whether the fault was lifted before the workload's end. */
  lifted: boolean;
  /** Where the seconds that are compared were planned to begin and to end. */
  from_s: number;
  to_s: number;
  workers: number;
  /** Successful reads a second, as a ratio to the baseline's. */
  throughput: Ratio;
  /** 99th percentile of the reads' waits, as a ratio; null where a side had no read that can tell. */
  p99: Ratio | null;
  /** Whether `p99` is only known to be no smaller than it says: in a trial, more than 1 % of reads had no answer. */
  p99_at_least: boolean;
  baseline_trials: number;
  /** Whether the baselines' driver had the role that this one's had; others are taken only where there is none. */
  same_driver_role: boolean;
}

/** The impact of every fault that has a baseline, by workload (2022's first), fault, severity (mild first) and role. */
export async function impacts(data: Queryable): Promise<Impact[]> {
  const setting = await mainSetting(data);
  const workers = await faultWorkers(data);
  const counted = new Set(
    (await allConfigurations(data)).flatMap((one) => one.trials.map(({ run_id }) => run_id)),
  );
  const all = (await runWindows(data)).filter(
    (one) =>
      counted.has(one.run_id) &&
      one.workers === workers.get(one.workload as WorkloadName) &&
      PLACE.every((name) => one[name] === setting[name]),
  );
  const [hit, baselines] = [
    all.filter((one) => one.fault !== NO_FAULT),
    all.filter((one) => one.fault === NO_FAULT),
  ];
  const groups = groupBy(hit, configurationOf);
  const found = [...groups].flatMap(([name, group]): Impact[] => {
    const first = group[0]!;
    const inSeconds = all.filter((one) => SECONDS.every((column) => one[column] === first[column]));
    const same = baselines.filter((one) => inSeconds.includes(one));
    const roles = group.map((one) => one.driver_role);
    const ofRole = same.filter((one) => roles.includes(one.driver_role));
    const base = ofRole.length > 0 ? ofRole : same;
    if (base.length === 0) return [];
    const others = inSeconds.filter((one) => one.fault !== NO_FAULT);
    const model = (measure: 'reads_per_s' | 'p99_ms') => modelOf([...others, ...base], measure);
    const has = (side: readonly Window[]) => side.some((one) => one.p99_ms !== null);
    const told = has(group) && has(base) && !base.some((one) => one.p99_at_least);
    const p99 = told ? model('p99_ms').ratio(name, BASE) : null;
    const p99_at_least = group.some((one) => one.p99_at_least);
    return [
      {
        ...first,
        workload: first.workload as WorkloadName,
        target_role: first.target_role as Impact['target_role'],
        throughput: model('reads_per_s').ratio(name, BASE),
        p99: p99 && p99_at_least ? { ...p99, low: null, high: null } : p99,
        p99_at_least,
        baseline_trials: base.length,
        same_driver_role: base === ofRole,
      },
    ];
  });
  if (found.length === 0)
    throw new MissingData('no baseline with the workload and as many workers as the runs with a fault');
  return found.sort(
    (a, b) =>
      compareWorkloads(a.workload, b.workload) ||
      a.fault.localeCompare(b.fault, 'en') ||
      Number(a.lifted) - Number(b.lifted) ||
      severityRank(a.fault, a.severity) - severityRank(b.fault, b.severity) ||
      b.target_role.localeCompare(a.target_role, 'en'),
  );
}

const PLACE = ['campaign', 'source', 'runtime', 'debian_release'] as const;
const SECONDS = ['workload', 'from_s', 'to_s'] as const;
const CONFIGURATION = [...SECONDS, 'fault', 'target_role', 'severity'] as const;

/** What the runs without a fault are called in a model. */
const BASE = '';

function configurationOf(one: Window): string {
  return one.fault === NO_FAULT ? BASE : CONFIGURATION.map((name) => one[name]).join('\n');
}

function modelOf(all: readonly Window[], measure: 'reads_per_s' | 'p99_ms'): BlockModel {
  const observations = all.flatMap((one) => {
    const value = one[measure];
    if (value === null) return [];
    const { other_cpu_fraction: otherCpu } = one;
    return [{ configuration: configurationOf(one), block: one.in_block, value, otherCpu }];
  });
  return fitBlocks(observations);
}
