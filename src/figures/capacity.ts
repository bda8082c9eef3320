import { type CapacityCurve, capacityCurves, type LoadPoint } from '../results/derived/capacity.js';
import { powersOfTen } from './parts/axis.js';
import { figure, type Layer, type Plot, type Spec } from './parts/figure.js';
import { shown, withInterval } from './parts/layers.js';
import { capital, estimateWords, number, round, shortWhiskers, whiskerWords } from './parts/words.js';

const KINDS = ['read', 'write'] as const;
const COLOUR = {
  field: 'kind',
  type: 'nominal',
  scale: { domain: ['Reads', 'Writes'], range: ['$measured', '$strong'] },
  legend: { title: null, symbolType: 'stroke', symbolSize: 150, symbolOpacity: 1 },
} as const;
const DASH = {
  field: 'share',
  type: 'nominal',
  scale: { domain: ['99th percentile', 'median'], range: [[], [4, 2]] },
  legend: { title: null, symbolType: 'stroke', symbolSize: 150 },
} as const;

export default figure<CapacityCurve[]>({
  name: 'capacity',
  order: 205,
  title: 'How response times grow with the load',
  question: 'How do response times grow with the load, and where is the knee?',
  query: capacityCurves,
  spec,
  short: (curves) => {
    const counts = curves.flatMap(({ points }) => points.map((one) => one.served_per_s.trials));
    return `What was served within 1 s (above), and how long reads and writes took since they were due (below), by the rate at which they were due. Beyond the knees (bands) times grow without bound. ${shortWhiskers(counts)}`;
  },
  caption: (curves) => {
    const words = curves.map((curve) => {
      const last = curve.points.at(-1)!;
      const reached = curve.capacity_per_s
        ? `a closed loop of ${curve.workers} reached ${estimateWords(curve.capacity_per_s, 'operations a second')}; `
        : '';
      const knees = KINDS.map((kind) => kneeWords(curve, kind))
        .filter(Boolean)
        .join(', ');
      return `${capital(`${reached}${knees}; of ${number(last.offered_per_s.value)} a second that were due at the highest rate, ${number(last.served_per_s.value)} were served.`)}`;
    });
    return (
      `Operations that succeeded within 1 s of when they were due (above), and the time that those took which succeeded at all, since they were due (below), by the rate at which they were due in an open loop without a fault. On the thin line everything is served. ` +
      `Vertical bands are the knees of the blocks, where served operations a second over the 99th percentile is greatest (Kleinrock’s power), among the rates that were tried and below the highest. ${words.join(' ')} ` +
      `Times are geometric means over trials. ${whiskerWords(curves.flatMap(({ points }) => points.map((one) => one.served_per_s.trials)))}`
    );
  },
});

/** Where the knees of the blocks lie, by how many of them. */
function kneeWords({ knees }: CapacityCurve, kind: 'read' | 'write'): string {
  const counts = new Map<string, number>();
  for (const { rate, censored } of knees[kind]) if (!censored) counts.set(rate, (counts.get(rate) ?? 0) + 1);
  if (knees[kind].length === 0) return '';
  if (counts.size === 0) return `the knee of ${kind}s lies at no rate below the highest`;
  const places = [...counts]
    .sort(([a], [b]) => Number.parseFloat(a) - Number.parseFloat(b))
    .map(([rate, n]) => `${rate.endsWith('%') ? rate.replace('%', ' %') : `${rate} a second`} in ${n}`);
  return `the knee of ${kind}s lies at ${places.join(' and ')} of ${knees[kind].length} ${knees[kind].length === 1 ? 'block' : 'blocks'}`;
}

function spec(curves: CapacityCurve[]): Spec {
  const ticks = powersOfTen(
    curves.flatMap(({ points }) => points.flatMap((one) => timesOf(one).map(({ ms }) => ms))),
  );
  return {
    spacing: 14,
    vconcat: curves.flatMap((curve) => plots(curve, curves.length > 1, ticks)),
    resolve: { scale: { color: 'shared', strokeDash: 'shared' } },
  };
}

function plots(curve: CapacityCurve, named: boolean, ticks: readonly number[]): Plot[] {
  const served = curve.points.map((one) => {
    const { value, low, high } = one.served_percent ?? one.served_per_s;
    return { offered: load(one), served: round(value), low: round(low), high: round(high) };
  });
  const times = curve.points.flatMap(timesOf);
  const inPercent = curve.points[0]!.offered_percent !== null;
  const due = `Operations due (${inPercent ? '% of the capacity' : 'a second'})`;
  const edge = Math.max(...served.map(({ offered }) => offered));
  const x = (title: string | null) =>
    ({
      field: 'offered',
      type: 'quantitative',
      title,
      scale: { domainMin: 0, domainMax: round(1.04 * edge), nice: false },
      axis: { labels: title !== null, format: ',~r', tickCount: 5 },
    }) as const;
  const title = `${curve.scenario}, ${curve.workload}, ${curve.workers} connections`;
  return [
    {
      height: 80,
      ...(named
        ? { title: { text: title, anchor: 'start', fontSize: 9, fontWeight: 'normal', offset: 3 } }
        : {}),
      layer: shown([
        ...knees(curve, x(null)),
        {
          data: {
            values: [
              { offered: 0, served: 0 },
              { offered: edge, served: edge },
            ],
          },
          mark: { type: 'line', color: '$line', strokeWidth: 0.8 },
          encoding: { x: x(null), y: { field: 'served', type: 'quantitative' } },
        },
        {
          data: { values: [{ offered: edge, served: edge, text: 'all served' }] },
          mark: { type: 'text', align: 'right', dx: -12, dy: 2, fontSize: 8, color: '$muted' },
          encoding: {
            x: x(null),
            y: { field: 'served', type: 'quantitative' },
            text: { field: 'text' },
          },
        },
        {
          data: { values: withInterval(served) },
          mark: { type: 'rule', color: '$ink', strokeWidth: 0.9, clip: true },
          encoding: { x: x(null), y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
        },
        {
          data: { values: served },
          mark: {
            type: 'line',
            color: '$ink',
            strokeWidth: 1.4,
            point: { size: 22, filled: true, color: '$ink' },
          },
          encoding: {
            x: x(null),
            y: {
              field: 'served',
              type: 'quantitative',
              title: `Served within 1 s (${inPercent ? '% of the capacity' : 'a second'})`,
              scale: { domainMin: 0, domainMax: round(1.04 * edge), nice: false },
              axis: { format: ',~r', tickCount: 3 },
            },
          },
        },
      ]),
    },
    {
      height: 130,
      layer: shown([
        ...knees(curve, x(due)),
        {
          data: { values: withInterval(times, true) },
          mark: { type: 'rule', strokeWidth: 0.9, clip: true },
          encoding: {
            x: x(due),
            y: { field: 'low', type: 'quantitative' },
            y2: { field: 'high' },
            color: COLOUR,
          },
        },
        {
          data: { values: times },
          mark: { type: 'line', strokeWidth: 1.4 },
          encoding: {
            x: x(due),
            y: {
              field: 'ms',
              type: 'quantitative',
              title: 'Time since they were due (ms, logarithmic)',
              scale: { type: 'log', domainMin: ticks[0]!, domainMax: ticks.at(-1)! },
              axis: { values: [...ticks], format: ',~g' },
            },
            color: COLOUR,
            strokeDash: DASH,
          },
        },
        {
          data: { values: times },
          mark: { type: 'point', size: 22, filled: true, opacity: 1 },
          encoding: { x: x(due), y: { field: 'ms', type: 'quantitative' }, color: COLOUR },
        },
      ]),
    },
  ];
}

/** The knees as bands, and in the upper plot what they are. */
function knees(curve: CapacityCurve, x: { title: string | null }): Layer[] {
  const values = KINDS.flatMap((kind) =>
    curve.knees[kind]
      .filter(({ censored }) => !censored)
      .map((knee) => ({
        offered: round(knee.offered_percent ?? knee.offered_per_s),
        kind: capital(`${kind}s`),
      })),
  );
  const places = x.title === null ? [...new Set(values.map(({ offered }) => offered))] : [];
  return [
    {
      data: { values },
      mark: { type: 'rule', strokeWidth: 4, opacity: 0.25, clip: true },
      encoding: { x: { ...x, field: 'offered', type: 'quantitative' }, color: COLOUR },
    },
    {
      data: { values: places.map((offered) => ({ offered, text: 'knee' })) },
      mark: { type: 'text', align: 'left', dx: 5, fontSize: 8, color: '$muted' },
      encoding: {
        x: { ...x, field: 'offered', type: 'quantitative' },
        y: { value: 74 },
        text: { field: 'text' },
      },
    },
  ];
}

/** Where a point lies on the axis of the load. */
function load({ offered_percent, offered_per_s }: LoadPoint): number {
  return round((offered_percent ?? offered_per_s).value);
}

function timesOf(point: LoadPoint) {
  return KINDS.flatMap((kind) =>
    (['p99_ms', 'median_ms'] as const).flatMap((which) => {
      const time = point[kind]?.[which];
      if (!time) return [];
      return {
        offered: load(point),
        kind: capital(`${kind}s`),
        share: which === 'p99_ms' ? '99th percentile' : 'median',
        ms: round(time.value),
        low: round(time.low),
        high: round(time.high),
      };
    }),
  );
}
