import type { TopLevelSpec } from 'vega-lite';
import { compile } from '../common/bundled/vega.js';
import type { Spec } from '../figures/parts/figure.js';
import { renderSpec, TooNarrow } from '../render/render.js';
import { coloured, themeConfig } from '../render/theme.js';
import type { PageChart, VegaSpec } from './payload.js';

/** Releases in turn. */
const RELEASES = ['$strong', '$published', '$third', '$unknown', '$second'];

/** A figure's spec as Vega, fitted to the narrowest screen that can hold it; the page widens it. Marks tell their values. */
export async function compileFigure(spec: Spec, description: string): Promise<VegaSpec> {
  const { spec: resolved } = await renderSpec(spec).catch((error) => {
    if (error instanceof TooNarrow) return renderSpec(spec, { width: 'full' });
    throw error;
  });
  return toVega({ ...resolved, description } as TopLevelSpec);
}

/** Runs side by side: rows of `runs` with `configuration`, `release`, `run_id` and `value`. */
export function compareChart(releases: readonly string[]): PageChart {
  const legend = releases.length > 1 ? { title: 'Debian', orient: 'top' } : null;
  return both((type) => ({
    description: 'Each run as a dot, by configuration and release',
    data: { name: 'runs' },
    width: 200,
    height: { step: Math.max(27, 11 * releases.length), for: 'position' },
    mark: { type: 'point', size: 36, filled: true, opacity: 0.75 },
    encoding: {
      x: {
        field: 'value',
        type: 'quantitative',
        title: null,
        scale: type === 'log' ? { type } : { zero: true },
        axis: { tickCount: 5, format: ',.4~r' },
      },
      y: {
        field: 'configuration',
        type: 'nominal',
        sort: null,
        title: null,
        axis: { labelExpr: "split(datum.label, '; ')", labelLineHeight: 10 },
      },
      yOffset: { field: 'release', type: 'nominal', scale: { domain: releases } },
      color: {
        field: 'release',
        type: 'nominal',
        scale: { domain: releases, range: RELEASES },
        legend,
      },
      shape: { field: 'release', type: 'nominal', scale: { domain: releases }, legend },
      tooltip: [
        { field: 'run_id', title: 'run' },
        { field: 'configuration' },
        { field: 'release' },
        { field: 'value', type: 'quantitative', format: ',.4~g' },
      ],
    },
  }));
}

/**
 * A run over time: rows of `buckets` (from, to, ok, errors), `latency` (time, ms, percentile), `window` (from, to) and
 * `marks` (time, event, node), in seconds; the signals `from` and `to` are what is shown.
 */
export function timelineChart(): PageChart {
  return both((type) => ({
    description: 'Successful operations, errors and latency of one run over time',
    params: [
      { name: 'from', value: 0 },
      { name: 'to', value: 60 },
    ],
    spacing: 16,
    vconcat: [
      plot(70, false, area('ok', 'Successful operations per second', '$strong')),
      plot(50, false, area('errors', 'Errors per second', '$published')),
      plot(110, true, {
        data: { name: 'latency' },
        mark: { type: 'line', clip: true, point: { size: 14 }, invalid: 'break-paths-show-path-domains' },
        encoding: {
          x: { ...seconds(true), field: 'time' },
          y: {
            field: 'ms',
            type: 'quantitative',
            title: `Latency of what succeeded (ms${type === 'log' ? ', logarithmic' : ''})`,
            scale: type === 'log' ? { type, nice: true } : { zero: true },
            axis: { tickCount: 4, format: ',.4~r' },
          },
          color: {
            field: 'percentile',
            type: 'nominal',
            scale: {
              domain: ['slowest', '99th percentile', 'median'],
              range: ['$ink', '$published', '$strong'],
            },
            legend: { title: null, symbolType: 'stroke', symbolSize: 150 },
          },
        },
      }),
    ],
  }));
}

function plot(height: number, lowest: boolean, layer: object): object {
  const x = seconds(lowest);
  return {
    width: 250,
    height,
    layer: [
      {
        data: { name: 'window' },
        mark: { type: 'rect', color: '$window', clip: true, tooltip: null },
        encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' } },
      },
      layer,
      {
        data: { name: 'marks' },
        mark: { type: 'rule', color: '$muted', strokeDash: [4, 2], strokeWidth: 1.5, clip: true },
        encoding: {
          x: { ...x, field: 'time' },
          tooltip: [
            { field: 'event' },
            { field: 'node' },
            { field: 'time', type: 'quantitative', title: 'at (s)' },
          ],
        },
      },
    ],
  };
}

function area(field: string, title: string, color: string): object {
  return {
    data: { name: 'buckets' },
    mark: { type: 'bar', color, clip: true, binSpacing: 0 },
    encoding: {
      x: { ...seconds(false), field: 'from', bin: { binned: true } },
      x2: { field: 'to' },
      y: {
        field,
        type: 'quantitative',
        title,
        scale: { domain: { unionWith: [0, 1] } },
        axis: { tickCount: 3, format: ',~r' },
      },
      tooltip: [
        { field: 'from', type: 'quantitative', title: 'from (s)' },
        { field: 'to', type: 'quantitative', title: 'to (s)' },
        { field, type: 'quantitative', title, format: ',~r' },
      ],
    },
  };
}

function seconds(lowest: boolean): object {
  return {
    type: 'quantitative',
    title: lowest ? 'Time since the workload started (s)' : null,
    axis: { labels: lowest, grid: false, tickCount: 6 },
    scale: { domain: [{ expr: 'from' }, { expr: 'to' }], nice: false, zero: false },
  };
}

function both(spec: (type: 'linear' | 'log') => object): PageChart {
  const chart = (type: 'linear' | 'log') =>
    toVega({ ...coloured(spec(type) as Spec, 'light'), config: themeConfig('light') } as TopLevelSpec);
  return { linear: chart('linear'), log: chart('log') };
}

function toVega(spec: TopLevelSpec): VegaSpec {
  const font = "Inter, 'Helvetica Neue', Arial, sans-serif";
  const config = {
    ...spec.config,
    font,
    mark: { ...spec.config?.mark, tooltip: true },
    text: { ...spec.config?.text, tooltip: null },
  };
  return compile({ ...spec, config } as TopLevelSpec).spec as VegaSpec;
}
