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
  return { setting: await mainSetting(data), workers, measure, bars };
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

function same(before: Published, one: Configuration): boolean {
  const severity = one.fault === 'crash' || before.severity === one.severity;
  return before.fault === one.fault && before.target_role === one.target_role && severity;
}
