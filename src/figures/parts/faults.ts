import { meanEstimate, type Ratio } from '../../results/core/interval.js';
import { MissingData, type Queryable } from '../../results/core/query.js';
import { mainSetting, type Setting } from '../../results/core/setting.js';
import {
  baselineOf,
  type Configuration,
  hardest,
  type Measure,
  mainConfigurations,
  ratioToBaseline,
  valuesOf,
  workersOfMost,
} from '../../results/derived/configurations.js';
import { type FailedRuns, failedRuns } from '../../results/derived/failures.js';
import { isPublishedAs, published } from '../../results/derived/published.js';
import { scaledCount, scaledValues } from '../../results/derived/sittings.js';
import { type FaultKind, NO_FAULT, severityRank } from '../../vocabulary/faults.js';
import type { Bar } from './bars.js';
import { faultWords, methodMark, severityWords } from './words.js';

/** A baseline and the configurations that are compared with it; what several figures of 2022 show. */
export interface Faults {
  setting: Setting;
  workers: number;
  measure: Measure;
  /** The baseline first. */
  bars: (Bar & { toBaseline: Ratio | null })[];
  /** Configurations that 2022 published and of which all runs failed here. */
  failed: FailedRuns[];
  /** How many trials are of other sittings, and so scaled to the baseline that is drawn. */
  scaled: number;
}

/** Which of all configurations with a fault a figure shows. */
export type Chosen = (all: readonly Configuration[]) => Configuration[];

/**
 * The baseline and every configuration that `wanted` chooses, with the values that 2022 published for `figure`.
 * @param least how many configurations with a fault there must be, those that failed among them, for it to say anything
 */
export async function askFaults(
  data: Queryable,
  figure: string,
  measure: Measure,
  wanted: Chosen,
  least = 1,
): Promise<Faults> {
  const all = await mainConfigurations(data);
  const workers = workersOfMost(all);
  const chosen = wanted(all.filter((one) => one.workers === workers && one.fault !== NO_FAULT)).filter(
    (one) => valuesOf(one, measure).length > 0,
  );
  const [first] = chosen;
  if (!first || workers === undefined) throw new MissingData('no usable run with such a fault');
  const base = baselineOf(first, all);
  if (!base) throw new MissingData(`no baseline with ${workers} workers to compare with`);
  const before = published().filter((one) => one.figure === figure);
  const values = (one: Configuration) => scaledValues(one, base, measure, [base, ...chosen]);
  const baseValue = meanEstimate(values(base));
  const bars = [base, ...chosen].map((one) => {
    const toBaseline = one === base ? null : ratioToBaseline(one, base, measure, all);
    const there = one === base ? undefined : before.find((other) => isPublishedAs(one, other));
    return {
      label:
        one === base
          ? `Baseline\n${workers} workers`
          : `${faultWords(one.fault)}\n${severityWords(one)}`.trim(),
      estimate: meanEstimate(values(one)),
      trials: values(one),
      ratio: toBaseline?.value ?? null,
      mark: methodMark(toBaseline),
      toBaseline,
      published: there ? there.ratio * baseValue.value : null,
    };
  });
  const setting = await mainSetting(data);
  const failed = (await failedRuns(data, setting)).filter(
    (one) =>
      before.some((other) => isPublishedAs(one, other)) && !chosen.some((other) => isPublishedAs(other, one)),
  );
  if (chosen.length + failed.length < least)
    throw new MissingData(`fewer than ${least} severities of such a fault`);
  return { setting, workers, measure, bars, failed, scaled: scaledCount([base, ...chosen]) };
}

/** For a role, what 2022 showed: of each fault its severity of then, or else the hardest there is. */
export function as2022(role: 'leader' | 'follower'): Chosen {
  const kinds =
    role === 'leader'
      ? { 'cpu-contention': 3, 'memory-limit': 50, crash: null }
      : { 'cpu-limit': 0.25, 'memory-limit': 50, crash: null };
  return (all) =>
    Object.entries(kinds).flatMap(([fault, severity]) => {
      const levels = all.filter((one) => one.fault === fault && one.target_role === role);
      return levels.find((one) => one.severity === severity) ?? hardest(levels) ?? [];
    });
}

/** Every severity of one fault on the leader, mild first. */
export function levels(fault: FaultKind): Chosen {
  return (all) =>
    all
      .filter((one) => one.fault === fault && one.target_role === 'leader' && one.severity !== null)
      .sort((a, b) => severityRank(fault, a.severity) - severityRank(fault, b.severity));
}
