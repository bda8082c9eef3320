import { groupBy } from '../../common/group.js';
import { NO_FAULT, severityRank } from '../../vocabulary/faults.js';
import { compareWorkloads, type WorkloadName } from '../../vocabulary/workloads.js';
import { type BlockModel, fitBlocks } from '../core/block-model.js';
import { type Estimate, meanEstimate, type Ratio } from '../core/interval.js';
import { cached, MissingData, orNone, type Queryable } from '../core/query.js';
import { COMPARABLE, CONFIRMED, FINAL, mainSetting, type Setting } from '../core/setting.js';
import { type Trial, trials } from './trials.js';

/** A measure of a trial that figures compare: over the whole run, as 2022 did, or once every worker reads. */
export type Measure = 'reads_per_s' | 'read_mean_ms' | 'steady_reads_per_s' | 'steady_read_mean_ms';

/** What 2022 published is measured over whole runs; this is the same without the time in which workers write their keys. */
export const STEADY = {
  reads_per_s: 'steady_reads_per_s',
  read_mean_ms: 'steady_read_mean_ms',
} as const satisfies Partial<Record<Measure, Measure>>;

/**
 * The trials of one configuration: the same scenario, fault, target, severity and workers in one setting. Without a fault
 * the scenario does not count: it may have another name in the block of a fault.
 */
export interface Configuration extends Setting {
  scenario: string;
  fault: string;
  target_role: Trial['target_role'];
  severity: number | null;
  severity_unit: string | null;
  lifted: boolean;
  workers: number;
  trials: Trial[];
  /** Complete runs in which no measurement shows that the fault took effect, and which are no trials. */
  missed: number;
}

const CONFIGURATION = [...COMPARABLE, 'fault', 'target_role', 'severity', 'workers'] as const;

type Named = Pick<Configuration, (typeof CONFIGURATION)[number] | 'scenario'>;

/**
 * The configurations of the main setting, each with its trials; baselines by workers first, then by severity. Where two scenarios
 * did the same, it is the one whose fault took effect in more of its runs.
 */
export async function mainConfigurations(data: Queryable): Promise<Configuration[]> {
  const setting = await mainSetting(data);
  return bestTested((await tested(data)).filter((one) => comparable(one, setting)));
}

/** The same for whoever explores any dataset: none where it has no run of 2022's benchmark. */
export function configurationsOrNone(data: Queryable): Promise<readonly Configuration[]> {
  return orNone(mainConfigurations(data));
}

/** Those of every workload in the main setting's campaign, runtime and release, chosen in the same way, by workload: 2022's first. */
export async function allConfigurations(data: Queryable): Promise<Configuration[]> {
  const setting = await mainSetting(data);
  return bestTested(
    (await tested(data)).filter((one) => comparable({ ...one, workload: setting.workload }, setting)),
  ).sort((a, b) => compareWorkloads(a.workload, b.workload));
}

/**
 * The configurations whose fault took effect in more than half of their runs. Of fewer, those in which it did are no fair choice:
 * a limit of memory is met by the faster runs alone.
 */
const tested = cached(async (data) => {
  const missed = await data.query<Named & { runs: number }>(
    `SELECT ${CONFIGURATION.join(', ')}, scenario, count(*)::DOUBLE AS runs FROM runs
     WHERE status = 'complete' AND ${FINAL} AND NOT ${CONFIRMED} GROUP BY ALL`,
  );
  const counts = new Map(missed.map((one) => [nameOf(one), one.runs]));
  return configurations(await trials(data))
    .map((one) => ({ ...one, missed: counts.get(nameOf(one)) ?? 0 }))
    .filter((one) => one.trials.length > one.missed);
});

function bestTested(all: readonly Configuration[]): Configuration[] {
  const missed = (one: Configuration) => one.missed / (one.missed + one.trials.length);
  const what = ({ workload, fault, target_role, severity, workers, lifted }: Configuration) =>
    [workload, fault, target_role, severity, workers, lifted].join('\n');
  const groups = groupBy(all, what);
  return all.filter(
    (one) => one === groups.get(what(one))!.reduce((a, b) => (missed(b) < missed(a) ? b : a)),
  );
}

/** All configurations among these trials. */
export function configurations(all: readonly Trial[]): Configuration[] {
  const groups = groupBy(all, nameOf);
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, trials: group, missed: 0 }))
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
export function nameOf(one: Named): string {
  const scenario = one.fault === NO_FAULT ? '' : one.scenario;
  return [scenario, ...CONFIGURATION.map((column) => one[column])].join('\n');
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

/**
 * The workers of the runs with a fault, by workload: those that most of them have. Of workloads in the main setting's
 * campaign, runtime and release; 2022's first.
 */
export const faultWorkers = cached(async (data): Promise<ReadonlyMap<WorkloadName, number>> => {
  const hit = (await allConfigurations(data)).filter(({ fault }) => fault !== NO_FAULT);
  const found = [...groupBy(hit, ({ workload }) => workload)].map(
    ([workload, same]) => [workload, workersOfMost(same)!] as const,
  );
  if (found.length === 0) throw new MissingData('no usable run with a fault');
  return new Map(found);
});

/** The workers that most runs with a fault have among these; undefined where there are none. */
export function workersOfMost(all: readonly Configuration[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { fault, workers, trials } of all)
    if (fault !== NO_FAULT) counts.set(workers, (counts.get(workers) ?? 0) + trials.length);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0];
}

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
