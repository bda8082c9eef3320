import { type Impact, impacts } from '../analysis/impact.js';
import type { Estimate } from '../analysis/interval.js';
import { figure, type Plot, type Spec } from './figure.js';
import { TWO_LINES } from './parts/axis.js';
import { faultWords, number, round, severityWords, trialsWords } from './words.js';

const ROLES = ['leader', 'follower'];

export const impact = figure<Impact[]>({
  name: 'impact',
  title: 'What each fault costs, by who is hit',
  claim: 'The same fault costs clients more on the leader than on a follower.',
  question: (data) => impacts(data),
  spec,
  caption: (all) => {
    const worst = all.reduce((a, b) => (b.throughput.value < a.throughput.value ? b : a));
    const missing = all.filter((one) => one.p99 === null).length;
    const counts = all.map((one) => one.throughput.trials);
    const intervals =
      Math.max(...counts) === 1
        ? 'One trial each, so there are no intervals.'
        : `Below are 95 % intervals (parametric bootstrap-t over trials, ${trialsWords(counts)}).`;
    return (
      `Successful operations a second (left) and 99th percentile of their latency (right) while the fault was there, as ratios to the baseline in the same span of the workload. ${intervals} ` +
      `Throughput is hit hardest by ${name(worst).replace('\n', ', ')} on the ${worst.target_role}: ${number(worst.throughput.value)} times the baseline. ` +
      `A cell without a usable run is empty${missing > 0 ? `; so is the latency where nothing succeeded (${missing})` : ''}. ` +
      'Clients that wait send nothing, so percentiles understate a stall.'
    );
  },
});

function spec(all: Impact[]): Spec {
  const rows = all.flatMap((one) => [
    { label: name(one), role: one.target_role, ...cell('throughput', one.throughput) },
    ...(one.p99 ? [{ label: name(one), role: one.target_role, ...cell('p99', one.p99) }] : []),
  ]);
  const labels = [...new Set(rows.map((row) => row.label))];
  const extent = Math.max(...rows.map((row) => Math.abs(row.harm)), 0.3);
  const matrix = (measure: string, title: string, first: boolean): Plot => ({
    height: { step: 25 },
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
        axis: first ? TWO_LINES : null,
      },
    },
    layer: [
      {
        mark: { type: 'rect' },
        encoding: {
          color: {
            field: 'harm',
            type: 'quantitative',
            scale: {
              domain: [-extent, 0, extent],
              range: ['$better', '$neutral', '$worse'],
              type: 'linear',
              interpolate: 'rgb',
            },
            legend: null,
          },
        },
      },
      {
        mark: {
          type: 'text',
          dy: { expr: "datum.interval === '' ? 0 : -4" },
          fontWeight: 600,
          fontSize: 9,
          color: '$ink',
        },
        encoding: { text: { field: 'text' } },
      },
      {
        mark: { type: 'text', dy: 6.5, fontSize: 7, color: '$ink' },
        encoding: { text: { field: 'interval' } },
      },
    ],
  });
  return {
    usermeta: { across: 2 },
    spacing: 8,
    hconcat: [matrix('throughput', 'Throughput', true), matrix('p99', '99th percentile latency', false)],
    resolve: { scale: { color: 'shared' } },
  };
}

/** A cell: how much harm (log₂ of the ratio, positive is worse), and its words. */
function cell(measure: 'throughput' | 'p99', { value, low, high }: Estimate) {
  const harm = Math.log2(Math.max(value, 1 / 64)) * (measure === 'throughput' ? -1 : 1);
  return {
    measure,
    ratio: round(value),
    low: round(low),
    high: round(high),
    harm: round(Math.max(-6, Math.min(6, harm))),
    text: `×\u2009${short(value)}`,
    interval: low === null || high === null ? '' : `${short(low)}–${short(high)}`,
  };
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function name(one: Impact): string {
  return `${faultWords(one.fault)}\n${severityWords(one)}`.trim();
}
