import {
  baselineOf,
  type Configuration,
  estimate,
  faultWorkers,
  type Measure,
  mainConfigurations,
  ratioToBaseline,
  valuesOf,
} from '../../analysis/configurations.js';
import type { Estimate } from '../../analysis/interval.js';
import { type Published, published } from '../../analysis/published.js';
import { MissingData, type Queryable } from '../../analysis/question.js';
import { mainSetting, type Setting } from '../../analysis/runs.js';
import { faultWords, severityWords } from '../words.js';
import type { Bar } from './bars.js';

/** A baseline and the configurations that are compared with it; what several figures of 2022 show. */
export interface Faults {
  setting: Setting;
  workers: number;
  measure: Measure;
  /** The baseline first. */
  bars: (Bar & { toBaseline: Estimate | null })[];
  /** Configurations that 2022 published and of which all runs failed here. */
  failed: Failed[];
}

/** Runs of a configuration that failed, and why. */
export interface Failed {
  fault: string;
  target_role: string;
  severity: number | null;
  severity_unit: string | null;
  runs: number;
  reason: string;
}

/** The baseline and every configuration that `wanted` chooses, with the values that 2022 published for `figure`. */
export async function askFaults(
  data: Queryable,
  figure: string,
  measure: Measure,
  wanted: (all: readonly Configuration[]) => readonly Configuration[],
): Promise<Faults> {
  const all = await mainConfigurations(data);
  const workers = faultWorkers(all);
  const chosen = wanted(all.filter((one) => one.workers === workers && one.fault !== 'none')).filter(
    (one) => valuesOf(one, measure).length > 0,
  );
  const [first] = chosen;
  if (!first) throw new MissingData('no usable run with such a fault');
  const base = baselineOf(first, all);
  if (!base) throw new MissingData(`no baseline with ${workers} workers to compare with`);
  const before = published().filter((one) => one.figure === figure);
  const baseValue = estimate(base, measure);
  const bars = [base, ...chosen].map((one) => {
    const toBaseline = one === base ? null : ratioToBaseline(one, base, measure);
    const there = one === base ? undefined : before.find((other) => same(other, one));
    return {
      label:
        one === base
          ? `Baseline\n${workers} workers`
          : `${faultWords(one.fault)}\n${severityWords(one)}`.trim(),
      estimate: estimate(one, measure),
      trials: valuesOf(one, measure),
      ratio: toBaseline?.value ?? null,
      toBaseline,
      published: there ? there.ratio * baseValue.value : null,
    };
  });
  const setting = await mainSetting(data);
  const failed = (await failures(data, setting)).filter(
    (one) => before.some((other) => same(other, one)) && !chosen.some((other) => isSame(other, one)),
  );
  return { setting, workers, measure, bars, failed };
}

function failures(data: Queryable, { campaign, runtime, workload }: Setting): Promise<Failed[]> {
  return data.query<Failed>(
    `SELECT fault, target_role, severity, severity_unit, count(*)::INTEGER AS runs, min(status_reason) AS reason
     FROM runs WHERE status = 'failed' AND status_reason IS NOT NULL
       AND campaign = $campaign AND runtime = $runtime AND workload = $workload
     GROUP BY ALL ORDER BY fault, target_role, severity DESC`,
    { campaign, runtime, workload },
  );
}

/** For a role, what 2022 showed: of each fault its severity of then, or else the hardest there is. */
export function as2022(role: 'leader' | 'follower'): (all: readonly Configuration[]) => Configuration[] {
  const kinds =
    role === 'leader'
      ? { 'cpu-contention': 3, 'memory-limit': 50, crash: null }
      : { 'cpu-limit': 0.25, 'memory-limit': 50, crash: null };
  return (all) =>
    Object.entries(kinds).flatMap(([fault, severity]) => {
      const levels = all.filter((one) => one.fault === fault && one.target_role === role);
      return levels.find((one) => one.severity === severity) ?? levels.at(-1) ?? [];
    });
}

/** Every severity of one fault on the leader, mild first. */
export function levels(fault: string): (all: readonly Configuration[]) => Configuration[] {
  return (all) =>
    all.filter((one) => one.fault === fault && one.target_role === 'leader' && one.severity !== null);
}

type Harm = Pick<Configuration, 'fault' | 'target_role' | 'severity'>;

function isSame(a: Harm, b: Pick<Failed, keyof Harm>): boolean {
  return a.fault === b.fault && a.target_role === b.target_role && a.severity === b.severity;
}

function same(before: Published, one: Pick<Failed, keyof Harm>): boolean {
  const severity = one.fault === 'crash' || before.severity === one.severity;
  return before.fault === one.fault && before.target_role === one.target_role && severity;
}
