import type { Estimate } from '../../results/core/interval.js';
import { TWO_LINES } from './axis.js';
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

const TRIAL = 'one trial';
const PUBLISHED = '2022, scaled to this baseline';

/** Horizontal bars with intervals, each trial, the published value, and the ratio to the first bar at the right. */
export function barsSpec(bars: readonly Bar[], axis: { title: string; format?: string }): Spec {
  const rows = bars.map(({ label, estimate, ratio, mark }) => ({
    label,
    value: round(estimate.value),
    low: round(estimate.low),
    high: round(estimate.high),
    ratio: ratio === null ? '' : `×\u2009${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1)}${mark}`,
  }));
  const marks = bars.flatMap(({ label, trials, published }) => [
    ...trials.map((value) => ({ label, value: round(value), mark: TRIAL })),
    ...(published === null ? [] : [{ label, value: round(published), mark: PUBLISHED }]),
  ]);
  const legend = [TRIAL, PUBLISHED].filter((mark) => marks.some((row) => row.mark === mark));
  const y = { field: 'label', type: 'nominal', sort: null, title: null } as const;
  return {
    height: { step: 34 },
    data: { values: rows },
    encoding: {
      y: {
        ...y,
        axis: TWO_LINES,
      },
    },
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
        data: { values: marks },
        mark: { type: 'point', filled: true, opacity: 1 },
        encoding: {
          x: { field: 'value', type: 'quantitative' },
          shape: {
            field: 'mark',
            type: 'nominal',
            scale: { domain: legend, range: legend.map((mark) => (mark === TRIAL ? 'circle' : 'diamond')) },
            legend: { title: null },
          },
          color: {
            field: 'mark',
            type: 'nominal',
            scale: { domain: legend, range: legend.map((m) => (m === TRIAL ? '$ink' : '$published')) },
          },
          size: { condition: { test: `datum.mark === '${TRIAL}'`, value: 10 }, value: 52 },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 8, color: '$muted' },
        encoding: { x: { value: 'width' }, text: { field: 'ratio' } },
      },
    ]),
  };
}
