import { type ClientLatency, clientLatency } from '../results/derived/client-latency.js';
import { LINES, linesHeight, powersOfTen } from './parts/axis.js';
import { byEffect, clientLabels, loadWords, rowLabels } from './parts/client-words.js';
import { figure, type Plot, type Spec } from './parts/figure.js';
import { shown, withInterval } from './parts/layers.js';
import { markKey, percentileKeys } from './parts/mark-key.js';
import { onAPage } from './parts/page.js';
import { stepOf, subrowOffset, subrowTitle } from './parts/subrows.js';
import { number, round, trialsWords } from './parts/words.js';

const MEDIAN = 0.5;
const TAIL = 0.99;
/** In px: the marks of one instant of one release. */
const LEAST_MARK = 6;
const SINCE = { due: 'since it was due', sent: 'since it was sent' } as const;

export default figure<ClientLatency[]>({
  name: 'response-times',
  order: 210,
  title: 'How long reads and writes take during a fault',
  question:
    'How long do clients wait from the moment an operation is due, and how much of that is seen from the moment it is sent?',
  query: async (data) => onAPage(await clientLatency(data, [MEDIAN, TAIL]), ({ trials }) => trials),
  spec,
  short: (all) =>
    `Median (ticks) and 99th percentile (dots) of the times that operations took which were under way during a fault and succeeded, since they were due and since they were sent; ${trialsWords(groupsOf(all).map((one) => one.trials.length))}. Bars are 95 % intervals.`,
  caption: (all) => {
    const tail = (kind: 'read' | 'write', since: 'due' | 'sent', from: readonly ClientLatency[]) =>
      from.find((one) => one.kind === kind && one.since === since && one.share === TAIL);
    const slowest = all
      .filter((one) => one.kind === 'write' && one.since === 'due' && one.share === TAIL)
      .toSorted((a, b) => b.time_ms.value - a.time_ms.value)[0];
    const example = slowest && tail('write', 'sent', sameGroup(all, slowest));
    const words =
      slowest && example
        ? ` The slowest writes are those of “${clientLabels(all)(slowest).replace('\n', ', ')}”: 99 % took at most ${number(slowest.time_ms.value)} ms since they were due, ${number(example.time_ms.value)} ms since they were sent.`
        : '';
    return (
      `Median (ticks) and 99th percentile (dots) of the time that operations took which were under way during the fault and succeeded, from the instant at which they were due and from the instant at which they were first sent. Times are geometric means over trials, bars the 95 % intervals of the percentile, cut off at the edges.${words} ` +
      `Operations that did not succeed are not in these times, so that they are lower bounds where service was lost. ${loadWords(groupsOf(all))}`
    );
  },
});

function sameGroup(all: readonly ClientLatency[], one: ClientLatency): ClientLatency[] {
  return all.filter((other) => other.trials === one.trials);
}

function groupsOf(all: readonly ClientLatency[]): ClientLatency[] {
  return all.filter((one, i) => all.findIndex((other) => other.trials === one.trials) === i);
}

function spec(all: ClientLatency[]): Spec {
  const { labelOf, titled, releases } = rowLabels(all);
  const rows = all.map((one) => ({
    label: labelOf(one),
    kind: one.kind,
    since: SINCE[one.since],
    within: releases.length > 0 ? `${one.debian_release}, ${SINCE[one.since]}` : SINCE[one.since],
    share: one.share,
    ms: round(one.time_ms.value),
    low: round(one.time_ms.low),
    high: round(one.time_ms.high),
  }));
  const labels = byEffect(all, labelOf, ({ time_ms }) => time_ms.value);
  // of each release, the two instants below each other
  const instants = Object.values(SINCE);
  const within =
    releases.length > 0 ? releases.flatMap((one) => instants.map((since) => `${one}, ${since}`)) : instants;
  const least = Math.max(21, linesHeight(labels), within.length * LEAST_MARK);
  const height = stepOf(labels.length, within, { around: 104, least, most: Math.max(32.5, least) });
  const ticks = powersOfTen(rows.map(({ ms }) => ms));
  const hasIntervals = withInterval(rows, true).some(({ share }) => share === TAIL);
  const plot = (kind: 'read' | 'write', title: string, first: boolean): Plot => {
    const mine = rows.filter((row) => row.kind === kind);
    const x = {
      type: 'quantitative',
      title: 'Time (ms, logarithmic)',
      scale: { type: 'log', domainMin: ticks[0]!, domainMax: 2 * ticks.at(-1)! },
      axis: { values: everyOther(ticks), format: ',~g' },
    } as const;
    const color = {
      field: 'since',
      type: 'nominal',
      scale: { domain: Object.values(SINCE), range: ['$published', '$strong'] },
      legend: {
        title: subrowTitle(releases),
        symbolType: 'circle',
        symbolOpacity: 1,
      },
    } as const;
    return {
      height,
      title: { text: title, fontSize: 9.5, offset: 6 },
      encoding: {
        y: {
          field: 'label',
          type: 'nominal',
          title: null,
          scale: { domain: labels },
          axis: first ? LINES : null,
        },
        ...subrowOffset('within', within),
      },
      layer: shown([
        markKey(percentileKeys(hasIntervals)),
        {
          data: {
            values: withInterval(
              mine.filter(({ share }) => share === TAIL),
              true,
            ),
          },
          mark: { type: 'rule', strokeWidth: 3, opacity: 0.35, clip: true },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        },
        {
          data: { values: mine.filter(({ share }) => share === MEDIAN) },
          mark: { type: 'tick', thickness: 1.6, height: releases.length > 0 ? 6 : 9, orient: 'vertical' },
          encoding: { x: { ...x, field: 'ms' }, color },
        },
        {
          data: { values: mine.filter(({ share }) => share === TAIL) },
          mark: { type: 'point', size: releases.length > 0 ? 16 : 26, filled: true, opacity: 1 },
          encoding: { x: { ...x, field: 'ms' }, color },
        },
      ]),
    };
  };
  return {
    usermeta: { across: 2 },
    spacing: 10,
    hconcat: [plot('read', titled('Reads'), true), plot('write', 'Writes', false)],
    resolve: { scale: { color: 'shared' } },
  };
}

/** Half of the ticks, where there are too many to be told apart. */
function everyOther(ticks: readonly number[]): number[] {
  return ticks.length > 5 ? ticks.filter((_, i) => i % 2 === 0) : [...ticks];
}
