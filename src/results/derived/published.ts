import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { packagePath } from '../../common/paths.js';
import { faultDescription, NO_FAULT } from '../../vocabulary/faults.js';
import { type Estimate, meanEstimate, type Ratio } from '../core/interval.js';
import { orNone, type Queryable } from '../core/query.js';
import {
  baselineOf,
  type Configuration,
  type Measure,
  mainConfigurations,
  ratioToBaseline,
  STEADY,
  valuesOf,
  workersOfMost,
} from './configurations.js';
import { inOneSitting, scaledValues } from './sittings.js';

/** A value that the 2022 evaluation published. */
export interface Published {
  /** The figure it stands in, by our name for it. */
  figure: string;
  label: string;
  target_role: string;
  fault: string;
  severity: number | null;
  workers: number;
  measure: keyof typeof STEADY;
  /** In operations a second or ms. */
  value: number;
  unit: 'reads/s' | 'ms';
  /** As a ratio to the value without a fault in the same figure, or with one worker for the baseline curve. */
  ratio: number;
}

/** A published value beside ours. Ours is null where the dataset does not have it. */
export interface Comparison extends Published {
  ours: Estimate | null;
  /** Ours as a ratio to our own baseline; 1 without an interval for the baseline itself. */
  oursRatio: Ratio | null;
  /** The same once every worker reads, without the time in which they write. */
  steadyRatio: Ratio | null;
}

const FIGURES: Record<string, string> = { 'cpu-level': 'cpu-levels', 'memory-level': 'memory-levels' };
const SECONDS = 60;

/** The workers of the runs with a fault in 2022. */
export const FAULT_WORKERS_2022 = 9;

/** The values published in 2022, in the order of `data/published-2022.csv`. */
export function published(): Published[] {
  const file = readFileSync(packagePath('data/published-2022.csv'));
  const rows: Record<string, string>[] = parse(file, { columns: true, skip_empty_lines: true });
  const values = rows.map((row): Published => {
    const isLatency = row['metric'] === 'get_latency_mean';
    return {
      figure: FIGURES[row['figure']!] ?? row['figure']!,
      label: row['label']!,
      target_role: row['target_role']!,
      fault: row['fault']!,
      severity: row['severity'] ? Number(row['severity']) : null,
      workers: Number(row['workers']),
      measure: isLatency ? 'read_mean_ms' : 'reads_per_s',
      value: isLatency ? Number(row['value']) : Number(row['value']) / SECONDS,
      unit: isLatency ? 'ms' : 'reads/s',
      ratio: Number.NaN,
    };
  });
  return values.map((one) => ({
    ...one,
    ratio: one.value / values.find((other) => isBaseOf(other, one))!.value,
  }));
}

/** Each published value, ours, and both as ratios to their own baselines. */
export async function comparePublished(data: Queryable): Promise<Comparison[]> {
  const all = await mainConfigurations(data);
  const curve = inOneSitting(all.filter(({ fault }) => fault === NO_FAULT));
  const oursOf = (one: Published, mine: Configuration, base: Configuration | undefined) => {
    const values =
      one.figure === 'baseline' || !base
        ? curve
            .filter(({ workers }) => workers === mine.workers)
            .flatMap((alone) => valuesOf(alone, one.measure))
        : scaledValues(mine, base, one.measure, all);
    return meanEstimate(values.length > 0 ? values : valuesOf(mine, one.measure));
  };
  return published().map((one) => {
    const mine = all.find((configuration) => matches(configuration, one, all));
    const base = mine && (one.figure === 'baseline' ? singleWorker(all) : baselineOf(mine, all));
    const ratioOf = (measure: Measure) =>
      mine && base && valuesOf(base, measure).length > 0 ? ratio(mine, base, measure, all) : null;
    return {
      ...one,
      ours: mine ? oursOf(one, mine, base) : null,
      oursRatio: ratioOf(one.measure),
      steadyRatio: ratioOf(STEADY[one.measure]),
    };
  });
}

/** The same for whoever explores any dataset: none where it has no run of 2022's benchmark. */
export function comparePublishedOrNone(data: Queryable): Promise<readonly Comparison[]> {
  return orNone(comparePublished(data));
}

/** The comparison as an aligned table of text, one published value a line. */
export function publishedTable(rows: readonly Comparison[]): string {
  const head = [
    'figure',
    'label',
    'measure',
    '2022',
    'ours',
    '95 % interval',
    'trials',
    '2022 rel.',
    'ours rel.',
    'ratio',
  ];
  const body = rows.map((row) => [
    row.figure,
    row.label,
    row.unit,
    digits(row.value),
    digits(row.ours?.value),
    range(row.ours),
    String(row.ours?.trials ?? '–'),
    row.ratio.toFixed(2),
    Number.isFinite(row.oursRatio?.value)
      ? `${row.oursRatio!.value.toFixed(2)} ${bracketed(row.oursRatio!)}`.trimEnd()
      : '–', // no usable run, or no read in it
    row.oursRatio?.method ?? '',
  ]);
  const widths = head.map((title, i) =>
    Math.max(...[title, ...body.map((row) => row[i]!)].map((s) => s.length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (i < 3 || i >= 8 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ');
  return [line(head), line(widths.map((w) => '─'.repeat(w))), ...body.map(line)]
    .map((s) => s.trimEnd())
    .join('\n');
}

function isBaseOf(base: Published, one: Published): boolean {
  const sameFigure = base.figure === one.figure && base.measure === one.measure && base.fault === 'none';
  return sameFigure && (one.figure !== 'baseline' || base.workers === 1);
}

function matches(mine: Configuration, one: Published, all: readonly Configuration[]): boolean {
  if (!isPublishedAs(mine, one)) return false;
  if (one.figure === 'baseline') return mine.workers === one.workers;
  if (one.fault !== NO_FAULT) return true;
  return mine.workers === workersOfMost(all);
}

/** Whether 2022 published a value for this fault, role and severity: that of a crash, which has no more or less, is its instant. */
export function isPublishedAs(
  mine: Pick<Configuration, 'fault' | 'target_role' | 'severity'>,
  one: Pick<Published, 'fault' | 'target_role' | 'severity'>,
): boolean {
  if (mine.fault !== one.fault || mine.target_role !== one.target_role) return false;
  return faultDescription(one.fault)?.unit == null || mine.severity === one.severity;
}

function singleWorker(all: readonly Configuration[]): Configuration | undefined {
  return all.find((one) => one.fault === 'none' && one.workers === 1);
}

function ratio(
  mine: Configuration,
  base: Configuration,
  measure: Measure,
  all: readonly Configuration[],
): Ratio {
  if (mine !== base) return ratioToBaseline(mine, base, measure, all);
  return { value: 1, low: null, high: null, trials: mine.trials.length, method: null };
}

function digits(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function range(of: Estimate | null): string {
  return of?.low == null || of.high == null ? '–' : `${digits(of.low)}–${digits(of.high)}`;
}

function bracketed({ low, high }: Estimate): string {
  return low == null || high == null ? '' : `(${low.toFixed(2)}–${high.toFixed(2)})`;
}
