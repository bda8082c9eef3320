import { groupBy } from '../common/group.js';
import type { Ratio } from '../results/core/interval.js';
import { type Impact, impacts } from '../results/derived/impact.js';
import { WORKLOADS } from '../vocabulary/workloads.js';
import { figure, type Plot, type Spec } from './parts/figure.js';
import { ROWS, rowName, rowNames } from './parts/loads.js';
import {
  lossWords,
  methodMark,
  number,
  round,
  severityWords,
  trialsWords,
  UNPAIRED,
  unpairedWords,
  WITHIN_BLOCKS,
} from './parts/words.js';

const ROLES = ['leader', 'follower'];

/** The ratios of {@link impacts}, whose windows (`src/results/windows.ts`) say which seconds and reads count. */
export default figure<Impact[]>({
  name: 'impact',
  ofClient: 'client-impact',
  order: 130,
  title: 'What each fault costs, by who is hit',
  question: 'What does a fault cost clients, on the leader and on a follower?',
  query: (data) => impacts(data),
  spec,
  short: (all) =>
    `Reads during each fault, as ratios to runs without a fault in the same seconds: throughput (left) and 99th percentile of the waits (right).${all.some((one) => one.throughput.low !== null) ? ' Below are 95 % intervals.' : ''}${all.some((one) => one.p99_at_least) ? ' “≥” is a lower bound.' : ''} Empty cells have no usable run.`,
  caption,
});

function caption(all: Impact[]): string {
  const worst = all.reduce((a, b) => (b.throughput.value < a.throughput.value ? b : a));
  const counts = all.flatMap((one) => [one.throughput.trials, one.baseline_trials]);
  const intervals =
    Math.max(...counts) === 1
      ? 'One trial each, so there are no intervals.'
      : `Below are 95 % intervals (${WITHIN_BLOCKS}; ${trialsWords(counts)})${Math.min(...counts) === 1 ? '; a single trial has none' : ''}.`;
  const silent = all.filter((one) => one.p99 === null).length;
  const bounds = all.some((one) => one.p99 && one.p99_at_least)
    ? ' “≥”: more than 1 % of the reads had no answer, so the percentile is no smaller.'
    : '';
  const roles = new Set(all.filter((one) => !one.same_driver_role).map((one) => line(one))).size;
  return (
    'Successful reads a second (left) and the 99th percentile of the reads’ waits (right), from the fault’s injection to its lift or the end of the workload, ' +
    'as ratios to runs without a fault in the same seconds, with the same workload, workers and release; rows under one heading have windows of the same length. A window begins when all workers read, after they have written the keys. ' +
    `The percentile is of all reads that were under way in the window; one without an answer counts as slower than all others.${bounds} ` +
    'A worker that waits sends nothing, so an outage is one slow read a worker: where many reads succeed around it, the percentile does not show it, and throughput does. ' +
    `${intervals}${unpairedWords(all.flatMap(({ throughput, p99 }) => (p99 ? [throughput, p99] : [throughput])))} Reads are hit hardest by ${line(worst)} on the ${worst.target_role}: ${times(worst.throughput.value)} the baseline. ` +
    `A cell without a usable run is empty${silent > 0 ? `; so is the percentile where no read can tell (${silent})` : ''}.` +
    (roles > 0 ? ` Of ${roles} rows the driver had another role than in the baseline.` : '')
  );
}

function spec(all: Impact[]): Spec {
  const ordered = byEffect(all);
  const label = (one: Impact) => rowName(name(one), groupOf(one));
  const rows = ordered.flatMap((one) => [
    { label: label(one), role: one.target_role, ...cell('throughput', one.throughput, false) },
    ...(one.p99
      ? [{ label: label(one), role: one.target_role, ...cell('p99', one.p99, one.p99_at_least) }]
      : []),
  ]);
  const labels = rowNames(ordered.map((one) => ({ label: label(one), group: groupOf(one) })));
  const hasIntervals = all.some(
    ({ throughput, p99 }) => throughput.low !== null || (p99 && p99.low !== null),
  );
  const marked = rows.some(({ text }) => text.endsWith(UNPAIRED));
  const extent = Math.max(...rows.map((row) => Math.abs(row.worse)), 0.3);
  const matrix = (measure: string, title: string, first: boolean): Plot => ({
    // so low that all fits a page with its caption
    height: { step: 17.6 },
    title: { text: title, fontSize: 9.5, fontWeight: 'normal', offset: 6, anchor: 'middle', frame: 'group' },
    data: { values: rows.filter((row) => row.measure === measure) },
    encoding: {
      x: {
        field: 'role',
        type: 'nominal',
        title: null,
        scale: { domain: ROLES, paddingInner: 0.04 },
        axis: { orient: 'top', labelAngle: 0, domain: false, ticks: false, grid: false },
      },
      y: {
        field: 'label',
        type: 'nominal',
        title: null,
        scale: { domain: labels, paddingInner: 0.06 },
        axis: first ? { ...ROWS, labelFontSize: 8, labelLineHeight: 9 } : null,
      },
    },
    layer: [
      {
        mark: { type: 'rect' },
        encoding: {
          color: {
            field: 'worse',
            type: 'quantitative',
            scale: {
              domain: [-extent, 0, extent],
              range: ['$better', '$neutral', '$worse'],
              type: 'linear',
              interpolate: 'rgb',
            },
            legend: {
              title: [
                'relative to no fault',
                ...(hasIntervals ? ['small: 95 % interval'] : []),
                ...(marked ? [`${UNPAIRED} of unpaired means`] : []),
              ],
              orient: 'bottom',
              gradientLength: 120,
              gradientThickness: 8,
              values: [round(-extent), 0, round(extent)],
              labelExpr: "datum.value < 0 ? 'better' : datum.value > 0 ? 'worse' : 'same'",
            },
          },
        },
      },
      {
        mark: {
          type: 'text',
          dy: { expr: "datum.interval === '' ? 0 : -3.2" },
          fontWeight: 600,
          fontSize: 9,
          color: '$ink',
        },
        encoding: { text: { field: 'text' } },
      },
      {
        mark: { type: 'text', dy: 4.8, fontSize: 7, color: '$ink' },
        encoding: { text: { field: 'interval' } },
      },
    ],
  });
  return {
    usermeta: { across: 2 },
    spacing: 8,
    hconcat: [matrix('throughput', 'Read throughput', true), matrix('p99', '99th percentile', false)],
    resolve: { scale: { color: 'shared' } },
  };
}

/** What is compared in the same load, and for as long: only such rows stand together. */
function groupOf({ workload, from_s, to_s }: Impact): string {
  return `${WORKLOADS[workload].label}\nwindows of ${number(to_s - from_s)}\u00a0s`;
}

/** Within each group, first what costs most reads; groups stay in their order. */
function byEffect(all: readonly Impact[]): Impact[] {
  const worst = (rows: readonly Impact[]) => Math.min(...rows.map((one) => one.throughput.value));
  return [...groupBy(all, groupOf).values()].flatMap((group) =>
    [...groupBy(group, name).values()].sort((a, b) => worst(a) - worst(b)).flat(),
  );
}

/** A cell: how much worse it is (log₂ of the ratio), and its words. */
function cell(measure: 'throughput' | 'p99', ratio: Ratio, atLeast: boolean) {
  const { value, low, high, method } = ratio;
  const worse = Math.log2(Math.max(value, 1 / 64)) * (measure === 'throughput' ? -1 : 1);
  return {
    measure,
    ratio: round(value),
    low: round(low),
    high: round(high),
    worse: round(Math.max(-6, Math.min(6, worse))),
    method,
    text: `${atLeast ? '≥\u2009' : ''}${times(value)}${methodMark(ratio)}`,
    interval: low === null || high === null ? '' : `${short(low)}–${short(high)}`,
  };
}

/** `× 0.72`; what would round to 0 and is not stays apart from it. */
function times(value: number): string {
  if (value === 0) return '×\u20090';
  return value < 0.005 ? '<\u2009×\u20090.01' : `×\u2009${short(value)}`;
}

function short(value: number): string {
  return value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : value >= 10
      ? value.toFixed(1)
      : value.toFixed(2);
}

/** In two lines, where a fault has a severity. */
function name(one: Impact): string {
  return `${lossWords(one)}\n${severityWords(one)}`.trim();
}

function line(one: Impact): string {
  return name(one).replace('\n', ', ');
}
