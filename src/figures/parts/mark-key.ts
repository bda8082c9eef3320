import { BAND_SHAPE, TICK_SHAPE } from './axis.js';
import type { Layer } from './figure.js';

/** A kind of mark, as its legend shows it. */
export interface MarkKey {
  name: string;
  /** A shape as Vega draws it. */
  shape: string;
  fill: string;
}

/** Of ticks at medians, dots at 99th percentiles, and the bars of their intervals, where there are any. */
export function percentileKeys(hasIntervals: boolean): MarkKey[] {
  const keys = [
    { name: 'median', shape: TICK_SHAPE, fill: '$muted' },
    { name: '99th percentile', shape: 'circle', fill: '$muted' },
  ];
  return hasIntervals ? [...keys, { name: '95 % interval', shape: BAND_SHAPE, fill: '$muted' }] : keys;
}

/** A layer that shows nothing, for the legend of marks whose own colours tell something else. */
export function markKey(marks: readonly MarkKey[]): Layer {
  const domain = marks.map(({ name }) => name);
  const key = {
    field: 'name',
    type: 'nominal',
    legend: { title: null, symbolOpacity: 1, symbolStrokeWidth: 0, columns: 2 },
  } as const;
  return {
    data: { values: [{ name: domain[0]! }] },
    mark: { type: 'point', opacity: 0 },
    encoding: {
      shape: { ...key, scale: { domain, range: marks.map(({ shape }) => shape) } },
      fill: { ...key, scale: { domain, range: marks.map(({ fill }) => fill) } },
    },
  };
}
