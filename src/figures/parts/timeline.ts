import { outageTrials } from '../../results/outages.js';
import { type OneRun, runByName, typicalRun } from '../../results/runs/run.js';
import { type Bucket, bucketWidth, timeline } from '../../results/runs/timeline.js';
import type { FaultKind } from '../../vocabulary/faults.js';
import { powersOfTen } from './axis.js';
import type { Figure, Plot, Queryable, Spec } from './figure.js';
import { happenings, happeningWords, hasStrip, leaderWords, runWords, secondsAxis, strip } from './run.js';
import { number, round } from './words.js';

export interface Timeline {
  run: OneRun;
  /** Width of a bucket in s. */
  width_s: number;
  outage_s: number | null;
  buckets: Bucket[];
}

/** A figure of a run over time: a run by name, or a typical one with one of these faults on the leader. */
export function timelineFigure({
  faults,
  ...words
}: Pick<Figure, 'name' | 'order' | 'title' | 'question' | 'ofRun' | 'ofClient'> & {
  faults: readonly FaultKind[];
}): Figure<Timeline> {
  return {
    ...words,
    file: 'timelines',
    query: async (data, { run }) =>
      ask(data, words.ofRun && run ? await runByName(data, run) : await typicalRun(data, faults, 'leader')),
    spec: timelineSpec,
    short: shortTimelineCaption,
    caption: timelineCaption,
  };
}

async function ask(data: Queryable, run: OneRun): Promise<Timeline> {
  const found = await outageTrials(data);
  const outage_s = found.find((trial) => trial.run_id === run.run_id)?.longest_gap_s ?? null;
  const width_s = bucketWidth(outage_s);
  return { run, width_s, outage_s, buckets: await timeline(data, run, width_s) };
}

function timelineSpec({ run, width_s, buckets }: Timeline): Spec {
  const values = buckets.map((one) => ({
    time: round(one.time_s),
    middle: round(one.time_s + width_s / 2),
    ok: round(one.ok_per_s),
    errors: round(one.errors_per_s),
    p50: round(one.p50_ms),
    p99: round(one.p99_ms),
    slowest: round(one.max_ms),
  }));
  const end = values.at(-1);
  const steps = end ? [...values, { ...end, time: round(end.time + width_s) }] : [];
  const latencies = values.flatMap(({ middle, p50, p99, slowest }) => [
    { middle, ms: slowest, percentile: 'slowest' },
    { middle, ms: p99, percentile: '99th percentile' },
    { middle, ms: p50, percentile: 'median' },
  ]);
  const rate = (field: string, title: string, color: string): Plot => ({
    height: 62,
    layer: [
      ...happenings(run, false),
      {
        data: { values: steps },
        mark: {
          type: 'area',
          interpolate: 'step-after',
          color,
          line: { color, strokeWidth: 1 },
          fillOpacity: 0.45,
        },
        encoding: {
          x: { ...secondsAxis(run, false), field: 'time' },
          y: { field, type: 'quantitative', title, axis: { tickCount: 3, format: ',~r' } },
        },
      },
    ],
  });
  const latency: Plot = {
    height: 78,
    layer: [
      ...happenings(run, true),
      {
        data: { values: latencies },
        mark: {
          type: 'line',
          strokeWidth: 1.2,
          point: { size: buckets.length > 60 ? 3 : 12, filled: true, opacity: 1 },
          invalid: 'break-paths-show-path-domains',
        },
        encoding: {
          x: { ...secondsAxis(run, true), field: 'middle' },
          y: {
            field: 'ms',
            type: 'quantitative',
            title: 'Latency of what succeeded (ms, logarithmic)',
            scale: { type: 'log', nice: true },
            axis: { values: powersOfTen(latencies.map((one) => one.ms)), format: ',~g' },
          },
          color: {
            field: 'percentile',
            type: 'nominal',
            sort: null,
            scale: { range: ['$ink', '$published', '$strong'] },
            legend: { title: null, symbolType: 'stroke', symbolSize: 150 },
          },
          strokeDash: {
            field: 'percentile',
            type: 'nominal',
            sort: null,
            scale: {
              range: [[1, 2], [4, 2], []],
            },
          },
        },
      },
    ],
  };
  return {
    spacing: 14,
    vconcat: [
      ...(hasStrip(run) ? [strip(run)] : []),
      rate('ok', `Successful operations per second`, '$strong'),
      rate('errors', 'Errors per second', '$published'),
      latency,
    ],
    resolve: { scale: { x: 'shared', color: 'independent', strokeDash: 'independent' } },
  };
}

function shortTimelineCaption({ run, width_s, outage_s }: Timeline): string {
  const gap = outage_s === null ? '' : ` The longest time without a success is ${number(outage_s)} s.`;
  return `${happeningWords(run)}: successful operations, errors and latency in buckets of ${width_s} s.${gap}`;
}

function timelineCaption({ run, width_s, outage_s, buckets }: Timeline): string {
  const changes = leaderWords(run);
  const slowest = Math.max(...buckets.map((one) => one.max_ms ?? 0));
  const gap = outage_s === null ? '' : ` The longest time without a success is ${number(outage_s)} s.`;
  const errors = buckets.reduce((sum, one) => sum + one.errors_per_s * width_s, 0);
  return (
    `${runWords(run)}. Successful operations, errors (${number(errors)} in all) and latency in buckets of ${width_s} s; ` +
    `the fault’s window is shaded${changes && `; rules are changes of leader as seen by polling (${changes})`}.${gap} The slowest that succeeded took ${number(slowest)} ms, and is drawn where it ended. ` +
    'A worker that waits sends nothing, so that errors stop in an outage, too, and slow spans hold fewer operations than they would with clients that do not wait.'
  );
}
