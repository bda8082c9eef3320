import { groupBy } from '../../common/group.js';
import { NO_FAULT, severityRank } from '../../vocabulary/faults.js';
import { compareWorkloads } from '../../vocabulary/workloads.js';
import { type BlockModel, fitBlocks } from '../core/block-model.js';
import { type Estimate, meanEstimate, type Ratio } from '../core/interval.js';
import { cached, MissingData, type Queryable } from '../core/query.js';
import { COMPARABLE, mainSetting, type Setting } from '../core/setting.js';
import { type Trial, trials } from './trials.js';

/** A measure of a trial that figures compare. */
export type Measure = 'reads_per_s' | 'read_mean_ms';

/** The trials of one configuration: the same scenario, fault, target, severity and workers in one setting. */
export interface Configuration extends Setting {
  scenario: string;
  fault: string;
  target_role: Trial['target_role'];
  severity: number | null;
  severity_unit: string | null;
  lifted: boolean;
  workers: number;
  trials: Trial[];
}

const CONFIGURATION = [...COMPARABLE, 'scenario', 'fault', 'target_role', 'severity', 'workers'] as const;

/** The configurations of the main setting, each with its trials; baselines by workers first, then by severity. */
export async function mainConfigurations(data: Queryable): Promise<Configuration[]> {
  const setting = await mainSetting(data);
  return configurations(await trials(data)).filter((one) => comparable(one, setting));
}

/** Those of every workload in the main setting's campaign, runtime and release, by workload: 2022's first. */
export async function allConfigurations(data: Queryable): Promise<Configuration[]> {
  const setting = await mainSetting(data);
  return configurations(await trials(data))
    .filter((one) => comparable({ ...one, workload: setting.workload }, setting))
    .sort((a, b) => compareWorkloads(a.workload, b.workload));
}

/** All configurations among these trials. */
export function configurations(all: readonly Trial[]): Configuration[] {
  const groups = groupBy(all, (trial) => CONFIGURATION.map((name) => trial[name]).join('\n'));
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, trials: group }))
    .sort(
      (a, b) =>
        Number(b.fault === NO_FAULT) - Number(a.fault === NO_FAULT) ||
        a.scenario.localeCompare(b.scenario, 'en') ||
        a.workers - b.workers ||
        severityRank(a.fault, a.severity) - severityRank(b.fault, b.severity),
    );
}

/** The configuration without a fault that this one is to be compared with. */
export function baselineOf(one: Configuration, all: readonly Configuration[]): Configuration | undefined {
  return all.find(
    (other) => other.fault === NO_FAULT && other.workers === one.workers && comparable(other, one),
  );
}

/** The values of a measure, one a trial; a trial in which nothing succeeded has no latency and is left out. */
export function valuesOf(one: Configuration, measure: Measure): number[] {
  return one.trials.map((trial) => trial[measure]).filter((value) => value !== null);
}

/** The mean over trials, or MissingData where no trial has the measure. */
export function estimate(one: Configuration, measure: Measure): Estimate {
  return meanEstimate(valuesOf(one, measure));
}

/**
 * The measure as a ratio to the baseline's, within blocks, with its interval.
 * @param all what the campaign has beside the two: it tells how fast each block was, and what others' use of the CPU costs
 */
export function ratioToBaseline(
  one: Configuration,
  base: Configuration,
  measure: Measure,
  all: readonly Configuration[] = [one, base],
  level = 0.95,
): Ratio {
  return modelOf(all, one, measure).ratio(nameOf(one), nameOf(base), level);
}

const models = new WeakMap<readonly Configuration[], Map<string, BlockModel>>();

/** The block model of a measure over all configurations that may be compared with this one. */
export function modelOf(all: readonly Configuration[], one: Setting, measure: Measure): BlockModel {
  const known = models.get(all) ?? new Map<string, BlockModel>();
  models.set(all, known);
  const name = [measure, ...COMPARABLE.map((column) => one[column])].join('\n');
  const model =
    known.get(name) ??
    fitBlocks(
      observations(
        all.filter((other) => comparable(other, one)),
        measure,
      ),
    );
  known.set(name, model);
  return model;
}

/** What a configuration is called in its model. */
export function nameOf(one: Configuration): string {
  return CONFIGURATION.map((column) => one[column]).join('\n');
}

function observations(all: readonly Configuration[], measure: Measure) {
  return all.flatMap((one) =>
    one.trials.flatMap((trial) => {
      const value = trial[measure];
      if (value === null) return [];
      const { other_cpu_fraction: otherCpu } = trial;
      return [{ configuration: nameOf(one), block: trial.in_block, value, otherCpu }];
    }),
  );
}

/** The workers of the runs with a fault in the main setting, whatever their workload: those that most of them have. */
export const faultWorkers = cached(async (data) => {
  const counts = new Map<number, number>();
  for (const { fault, workers, trials } of await allConfigurations(data))
    if (fault !== NO_FAULT) counts.set(workers, (counts.get(workers) ?? 0) + trials.length);
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  if (!most) throw new MissingData('no usable run with a fault');
  return most[0];
});

/** Of a fault's severities the hardest; undefined of none. */
export function hardest<T extends { fault: string; severity: number | null }>(
  all: readonly T[],
): T | undefined {
  return all.reduce<T | undefined>(
    (a, b) => (a && severityRank(a.fault, a.severity) > severityRank(b.fault, b.severity) ? a : b),
    undefined,
  );
}

function comparable(a: Setting, b: Setting): boolean {
  return COMPARABLE.every((name) => a[name] === b[name]);
}
