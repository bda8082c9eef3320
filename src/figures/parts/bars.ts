import type { Estimate } from '../../results/core/interval.js';
import { LINES, WHISKER_SHAPE } from './axis.js';
import type { Spec } from './figure.js';
import { shown, withInterval } from './layers.js';
import { round } from './words.js';

/** A bar: one configuration. */
export interface Bar {
  /** May have lines, separated by \n. */
  label: string;
  estimate: Estimate;
  /** The value of each trial. */
  trials: number[];
  /** As a ratio to the first bar; null for the first bar itself. */
  ratio: number | null;
  /** Stands beside the ratio; empty where that was taken within blocks. */
  mark: string;
  /** What 2022 published, times our baseline over theirs; null where it published nothing. */
  published: number | null;
}

/** A configuration without a bar, since all its runs failed. */
export interface FailedBar {
  /** May have lines, separated by \n. */
  label: string;
  /** Such as `all 3 runs failed`. */
  words: string;
}

const MEAN = 'mean';
const INTERVAL = '95 % interval';
const TRIAL = 'one trial';
const PUBLISHED = '2022, scaled to this baseline';
const MARKS: Readonly<Record<string, { shape: string; color: string }>> = {
  [MEAN]: { shape: 'square', color: '$measured' },
  [INTERVAL]: { shape: WHISKER_SHAPE, color: '$ink' },
  [TRIAL]: { shape: 'circle', color: '$ink' },
  [PUBLISHED]: { shape: 'diamond', color: '$published' },
};

/** Trials stand so far below the interval, which dozens of them would hide, in px. */
const BELOW_PX = 6;

/** Dots of many trials lie on each other: where they are denser it is darker. */
function dotOpacity(bars: readonly Bar[]): number {
  return Math.max(...bars.map(({ trials }) => trials.length)) > 20 ? 0.4 : 1;
}

/** Horizontal bars with intervals, each trial, the published value, and the ratio to the first bar at the right. */
export function barsSpec(
  bars: readonly Bar[],
  failed: readonly FailedBar[],
  axis: { title: string; format?: string },
): Spec {
  const rows = bars.map(({ label, estimate, ratio, mark }) => ({
    label,
    value: round(estimate.value),
    low: round(estimate.low),
    high: round(estimate.high),
    ratio: ratio === null ? '' : `×\u2009${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1)}${mark}`,
  }));
  const trials = bars.flatMap((bar) =>
    bar.trials.map((value) => ({ label: bar.label, value: round(value), mark: TRIAL })),
  );
  const published = bars.flatMap((bar) =>
    bar.published === null ? [] : [{ label: bar.label, value: round(bar.published), mark: PUBLISHED }],
  );
  const legend = [
    MEAN,
    ...(withInterval(rows).length > 0 ? [INTERVAL] : []),
    ...(trials.length > 0 ? [TRIAL] : []),
    ...(published.length > 0 ? [PUBLISHED] : []),
  ];
  const key = { title: null, columns: 2, symbolOpacity: 1 } as const;
  const marked = {
    x: { field: 'value', type: 'quantitative' },
    shape: {
      field: 'mark',
      type: 'nominal',
      scale: { domain: legend, range: legend.map((mark) => MARKS[mark]!.shape) },
      legend: key,
    },
    color: {
      field: 'mark',
      type: 'nominal',
      scale: { domain: legend, range: legend.map((mark) => MARKS[mark]!.color) },
      legend: key,
    },
  } as const;
  const labels = [...bars, ...failed].map(({ label }) => label);
  const y = { field: 'label', type: 'nominal', sort: null, title: null } as const;
  return {
    height: { step: 34 },
    data: { values: rows },
    encoding: { y: { ...y, scale: { domain: labels }, axis: LINES } },
    layer: shown([
      {
        mark: { type: 'bar', color: '$measured', height: { band: 0.62 } },
        encoding: {
          x: {
            field: 'value',
            type: 'quantitative',
            title: axis.title,
            axis: { format: axis.format ?? ',~r', tickCount: 5 },
          },
        },
      },
      {
        mark: { type: 'rule', color: '$ink', strokeWidth: 1.2 },
        encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
        data: { values: withInterval(rows) },
      },
      {
        data: { values: trials },
        mark: { type: 'point', filled: true, size: 10, opacity: dotOpacity(bars), yOffset: BELOW_PX },
        encoding: marked,
      },
      {
        data: { values: published },
        mark: { type: 'point', filled: true, size: 52, opacity: 1 },
        encoding: marked,
      },
      {
        mark: { type: 'text', align: 'left', dx: 8, color: '$muted' },
        encoding: { x: { value: 'width' }, text: { field: 'ratio' } },
      },
      {
        data: {
          values: rows.some(({ ratio }) => ratio !== '') ? [{ heading: ['ratio to', 'baseline'] }] : [],
        },
        mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 8, fontSize: 8, color: '$muted' },
        encoding: { x: { value: 'width' }, y: { value: 12 }, text: { field: 'heading' } },
      },
      {
        data: { values: failed.map((one) => ({ label: one.label, words: one.words })) },
        mark: { type: 'text', align: 'left', dx: 4, color: '$fail' },
        encoding: { x: { value: 0 }, text: { field: 'words' } },
      },
    ]),
  };
}
