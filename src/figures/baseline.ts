import { counted } from '../common/counted.js';
import type { Estimate } from '../results/core/interval.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { mainSetting, type Setting, settingWords } from '../results/core/setting.js';
import { type Configuration, estimate, mainConfigurations } from '../results/derived/configurations.js';
import { published } from '../results/derived/published.js';
import { inOneSitting } from '../results/derived/sittings.js';
import { figure, type Spec } from './parts/figure.js';
import { alongLine, placeLabels } from './parts/labels.js';
import { shown } from './parts/layers.js';
import { capital, estimateWords, number, round, shortWhiskers, whiskerWords } from './parts/words.js';

interface Point {
  workers: number;
  throughput: Estimate;
  latency: Estimate;
}

interface Answer {
  setting: Setting;
  points: Point[];
  /** What 2022 published, times ours over theirs at one worker. */
  published: { workers: number; throughput: number; latency: number }[];
}

const [HERE, WHISKERS, THERE] = [
  'measured, by workers',
  '95 % interval',
  '2022, scaled to agree at 1 worker',
];
/** Of the plot in a column, and in the full width of a page or a slide. */
const SIZES = [270, 560, 620].map((width) => ({ width, height: 210 }));

export default figure<Answer>({
  name: 'baseline',
  ofClient: 'capacity',
  order: 10,
  title: 'Read throughput against latency without a fault',
  question: 'How do throughput and latency change with the number of workers, without a fault?',
  query: ask,
  spec,
  short: ({ points, published }) => {
    const peak = highest(points);
    const before = published.length > 0 ? ' Dashed: 2022, scaled to agree at one worker.' : '';
    return `Read throughput against mean latency without a fault; numbers are workers. Throughput is highest with ${peak.workers}: ${number(peak.throughput.value)} reads a second. ${shortWhiskers(points.map((one) => one.throughput.trials))}${before}`;
  },
  caption: ({ setting, points, published }) => {
    const peak = highest(points);
    const last = points.at(-1)!;
    const before =
      published.length > 0
        ? ' The dashed line is what 2022 published, scaled to agree at one worker, since the hosts differ.'
        : '';
    return (
      `Successful reads a second against mean latency of successful reads without a fault, over the planned duration; each point is labelled with its workers. ` +
      `Throughput is highest with ${peak.workers} workers: ${estimateWords(peak.throughput, 'reads a second')} at ${estimateWords(peak.latency, 'ms')}. ` +
      `With ${last.workers} it is ${estimateWords(last.throughput)} at ${estimateWords(last.latency, 'ms')}. ` +
      `${whiskerWords(points.map((one) => one.throughput.trials))}${before} (${capital(settingWords(setting))}.)`
    );
  },
});

function highest(points: readonly Point[]): Point {
  return points.reduce((best, one) => (one.throughput.value > best.throughput.value ? one : best));
}

async function ask(data: Queryable): Promise<Answer> {
  const all = inOneSitting(
    (await mainConfigurations(data)).filter((one) => one.fault === 'none' && hasReads(one)),
  );
  const points = all.map((one) => ({
    workers: one.workers,
    throughput: estimate(one, 'reads_per_s'),
    latency: estimate(one, 'read_mean_ms'),
  }));
  if (points.length < 2) throw new MissingData('fewer than two numbers of workers without a fault');
  return { setting: await mainSetting(data), points, published: publishedFrom(points) };
}

function hasReads(one: Configuration): boolean {
  return one.trials.every((trial) => trial.read_mean_ms !== null);
}

function publishedFrom(points: readonly Point[]): Answer['published'] {
  const single = points.find((one) => one.workers === 1);
  if (!single) return [];
  const rows = published().filter((row) => row.figure === 'baseline');
  const ratio = (workers: number, measure: string) =>
    rows.find((row) => row.workers === workers && row.measure === measure)!.ratio;
  return [...new Set(rows.map((row) => row.workers))].map((workers) => ({
    workers,
    throughput: ratio(workers, 'reads_per_s') * single.throughput.value,
    latency: ratio(workers, 'read_mean_ms') * single.latency.value,
  }));
}

function spec({ points, published }: Answer): Spec {
  const rows = points.map(({ workers, throughput, latency }) => ({
    workers,
    throughput: round(throughput.value),
    throughput_low: round(throughput.low),
    throughput_high: round(throughput.high),
    latency: round(latency.value),
    latency_low: round(latency.low),
    latency_high: round(latency.high),
  }));
  const before = published.map((one) => ({
    ...one,
    throughput: round(one.throughput),
    latency: round(one.latency),
  }));
  const edge = {
    x:
      1.06 *
      largest(
        [...rows, ...before].map((row) => row.throughput),
        rows.map((row) => row.throughput_high),
      ),
    y:
      1.06 *
      largest(
        [...rows, ...before].map((row) => row.latency),
        rows.map((row) => row.latency_high),
      ),
  };
  const x = {
    field: 'throughput',
    type: 'quantitative',
    title: 'Successful reads per second',
    axis: { format: ',~r', tickCount: 5 },
    scale: { domainMin: 0, domainMax: edge.x, nice: false },
  } as const;
  const y = {
    field: 'latency',
    type: 'quantitative',
    title: 'Mean read latency (ms)',
    scale: { domainMin: 0, domainMax: edge.y, nice: false },
  } as const;
  const used = [
    { name: HERE, color: '$strong', there: true },
    { name: WHISKERS, color: '$line', there: rows.some((row) => row.throughput_low !== null) },
    { name: THERE, color: '$published', there: before.length > 0 },
  ].filter(({ there }) => there);
  const key = {
    scale: { domain: used.map(({ name }) => name), range: used.map(({ color }) => color) },
    legend: { title: null, symbolType: 'stroke', symbolSize: 150, columns: 2 },
  } as const;
  const order = { field: 'workers', type: 'quantitative' } as const;
  const named = [
    ...rows.map((row, i) => ({
      x: row.throughput,
      y: row.latency,
      text: i === 0 ? counted(row.workers, 'worker') : String(row.workers),
    })),
  ];
  const places = placeLabels(
    named,
    [
      ...alongLine(before.map((row) => ({ x: row.throughput, y: row.latency }))),
      ...alongLine(rows.map((row) => ({ x: row.throughput, y: row.latency }))),
      ...rows.map((row) => ({
        x: row.throughput,
        y: row.latency,
        y1: row.latency_low,
        y2: row.latency_high,
        weight: 0.1,
      })),
      ...rows.map((row) => ({
        x: row.throughput,
        y: row.latency,
        x1: row.throughput_low,
        x2: row.throughput_high,
        weight: 0.1,
      })),
    ],
    { sizes: SIZES, edge },
  );
  const labels = named.map(({ text }, i) => {
    const { x, y, dx, dy } = places[i]!;
    return { throughput: x, latency: y, text, dx, dy };
  });
  return {
    height: SIZES[0]!.height,
    encoding: { x, y },
    layer: shown([
      {
        data: { values: before },
        layer: [
          {
            mark: { type: 'line', strokeDash: [3, 2], strokeWidth: 1 },
            encoding: { order, color: { datum: THERE, ...key } },
          },
          {
            mark: {
              type: 'point',
              filled: true,
              opacity: 1,
              shape: 'diamond',
              size: 26,
              color: '$published',
            },
          },
        ],
      },
      {
        data: { values: rows },
        layer: [
          {
            mark: { type: 'line', strokeWidth: 1.5 },
            encoding: { order, color: { datum: HERE, ...key } },
          },
          {
            mark: { type: 'rule', strokeWidth: 0.9 },
            data: { values: rows.filter((row) => row.latency_low !== null) },
            encoding: {
              y: { field: 'latency_low', type: 'quantitative' },
              y2: { field: 'latency_high' },
              color: { datum: WHISKERS, ...key },
            },
          },
          {
            mark: { type: 'rule', strokeWidth: 0.9 },
            data: { values: rows.filter((row) => row.throughput_low !== null) },
            encoding: {
              x: { field: 'throughput_low', type: 'quantitative' },
              x2: { field: 'throughput_high' },
              color: { datum: WHISKERS, ...key },
            },
          },
          { mark: { type: 'point', filled: true, opacity: 1, size: 30, color: '$strong' } },
        ],
      },
      {
        data: { values: labels },
        mark: {
          type: 'text',
          dx: { expr: 'datum.dx' },
          dy: { expr: 'datum.dy' },
          fontWeight: 600,
          fontSize: 9,
        },
        encoding: { text: { field: 'text' } },
      },
    ]),
  };
}

function largest(...lists: (number | null)[][]): number {
  return Math.max(...lists.flat().filter((value) => value !== null));
}
