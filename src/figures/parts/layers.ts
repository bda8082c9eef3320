import type { Layer } from './figure.js';

/** The layers that have something to show: Vega cannot tell how far the axis of one without rows should reach. */
export function shown(layers: readonly Layer[]): Layer[] {
  return layers.flatMap((layer) => {
    const data = layer.data;
    if (data && 'values' in data && Array.isArray(data.values) && data.values.length === 0) return [];
    return 'layer' in layer ? [{ ...layer, layer: shown(layer.layer as Layer[]) } as Layer] : [layer];
  });
}

/** The rows that have an interval, above 0 where the axis is logarithmic. */
export function withInterval<R extends { low: number | null }>(rows: readonly R[], logarithmic = false): R[] {
  return rows.filter(({ low }) => low !== null && (!logarithmic || low > 0));
}
