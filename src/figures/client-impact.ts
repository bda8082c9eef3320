import { groupBy } from '../common/group.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import type { ClientImpact } from '../results/derived/client-impact.js';
import { type ClientVerdict, clientVerdicts, MARGINS } from '../results/derived/client-verdicts.js';
import { LINES, linesHeight } from './parts/axis.js';
import {
  controlWords,
  impactLabels,
  impactRowLabels,
  loadWords,
  pointsWords,
  timesWords,
} from './parts/client-words.js';
import { figure, type Plot, type Spec } from './parts/figure.js';
import { shown, withInterval } from './parts/layers.js';
import { markKey, percentileKeys } from './parts/mark-key.js';
import { LEAST_SUBROW, stepOf, subrowOffset, subrowTitle } from './parts/subrows.js';
import { methodMark, round, trialsWords, unpairedWords, WITHIN_BLOCKS } from './parts/words.js';

interface Answer {
  reads: ClientVerdict[];
  writes: ClientVerdict[];
}

const MEDIAN = 'median';
const TAIL = '99th percentile';
const MARGIN = { name: `margin: ${MARGINS.longer} times`, shape: 'square', fill: '$window' };
const VERDICTS = { matters: '$fail', undecided: '$muted', 'does not matter': '$strong' } as const;
const VERDICT_NAMES = Object.keys(VERDICTS) as (keyof typeof VERDICTS)[];

export default figure<Answer>({
  name: 'client-impact',
  order: 208,
  title: 'What each fault costs reads and writes',
  question:
    'What does a fault cost clients in waiting and in operations served, on the leader and on a follower?',
  query: ask,
  spec,
  short: ({ reads, writes }) =>
    `Medians (ticks) and 99th percentiles (dots) of times since operations were due, as ratios to runs without a fault, with 95 % intervals (${trialsWords([...reads, ...writes].map(({ impact }) => impact.trials.length))}); shaded: the margin. At the right, the change of the share that succeeded within 1 s.${lostWords([...reads, ...writes])}`,
  caption: ({ reads, writes }) => {
    const all = writes.length > 0 ? writes : reads;
    const impacts = all.map(({ impact }) => impact);
    const worst = all.find(({ impact }) => impact.times.p99_due_ms.ratio);
    const example = worst
      ? ` Of the ${worst.impact.kind}s that can be told, those of “${words(worst.impact, impacts)}” took longest: ${timesWords(worst.impact.times.p99_due_ms.ratio!)} at the 99th percentile.`
      : '';
    const tails = [...reads, ...writes].map(({ impact }) => impact.times.p99_due_ms.ratio);
    const other = impacts.filter(({ same_settings }) => !same_settings);
    const settings =
      other.length > 0
        ? ` ${other.length} of the rows had other time-outs than the runs they are compared with.`
        : '';
    const apart = impacts.some(({ served }) => served.low === null)
      ? ' A single trial has no interval.'
      : ` Bars are 95 % intervals (${WITHIN_BLOCKS}).${hasCutBars([...reads, ...writes]) ? ' A bar at the edge of its panel goes on beyond it.' : ''}`;
    return (
      `How long operations took since they were due, during a fault, as a ratio to runs without one in the same seconds of the same blocks: medians (ticks) and 99th percentiles (dots).${apart} ` +
      `What did not succeed counts as slower than all that did.${lostWords([...reads, ...writes])} At the right, how many more of 100 operations succeeded within 1 s. ` +
      `A fault does not matter where the times are shown to be at most ${MARGINS.longer} times as long (shaded) and the share at most ${100 * MARGINS.late_share} percentage point smaller; it matters where one is shown to be worse; all verdicts together are wrong with a chance of at most 5 %. ` +
      `The margins are ours.${example}${settings} ${loadWords(impacts)} Baselines: ${trialsWords(impacts.map(({ baseline_trials }) => baseline_trials))}.${controlWords(impacts)}${unpairedWords(tails)}`
    );
  },
});

async function ask(data: Queryable): Promise<Answer> {
  const [reads, writes] = [await clientVerdicts(data, 'read'), await clientVerdicts(data, 'write')];
  if (reads.length + writes.length === 0)
    throw new MissingData('no usable runs with the client, an open loop and a fault, beside a baseline');
  return { reads: reads.toSorted(worstFirst), writes: writes.toSorted(worstFirst) };
}

/** What stands in place of a percentile that no operation had; empty where each has one. */
function lostWords(all: readonly ClientVerdict[]): string {
  const lost = all.filter(({ impact }) => !impact.times.p99_due_ms.ratio);
  const least = lost.map(lostPercent).sort((a, b) => a - b)[0];
  return least === undefined ? '' : ` “> ${least} % lost”: too many for such a time.`;
}

/** More than so many per cent of operations did not succeed. */
function lostPercent({ impact }: ClientVerdict): number {
  return impact.times.p50_due_ms.ratio ? 1 : 50;
}

function worstFirst(a: ClientVerdict, b: ClientVerdict): number {
  const size = ({ impact }: ClientVerdict) => impact.times.p99_due_ms.ratio?.value ?? Infinity;
  const late = ({ impact }: ClientVerdict) => impact.shares!.within_1s.difference.value;
  return size(a) === size(b) ? late(a) - late(b) : size(b) - size(a);
}

function words(one: ClientImpact, all: readonly ClientImpact[]): string {
  return impactLabels(all)(one).split('\n').join(', ');
}

/** The leader above, a follower below, each with a scale of its own: what the one costs would hide what the other does. */
function spec({ reads, writes }: Answer): Spec {
  const roles = [...new Set([...writes, ...reads].map(({ impact }) => impact.target_role))].sort().reverse();
  const bands = roles.map((role) => ({
    reads: reads.filter(({ impact }) => impact.target_role === role),
    writes: writes.filter(({ impact }) => impact.target_role === role),
  }));
  const present = VERDICT_NAMES.filter((name) =>
    [...reads, ...writes].some(({ verdict }) => verdict === name),
  );
  const hasIntervals = barsOf([...reads, ...writes]).length > 0;
  const rows = bands.map(rowsOf);
  const labels = rows.flatMap((band) => band.labels);
  const subrows = Math.max(...rows.map(({ releases }) => releases.length));
  const least = Math.max(20, linesHeight(labels), subrows * LEAST_SUBROW);
  const room = { around: 120 + 40 * bands.length, least, most: Math.max(25, least) };
  const lines = labels.flatMap((label) => label.split('\n'));
  const extent = Math.ceil(LETTER * Math.max(...lines.map(({ length }) => length)));
  return {
    usermeta: { across: 2 },
    spacing: 14,
    vconcat: bands.map((band, i) => {
      const height = stepOf(labels.length, rows[i]!.releases, room);
      return bandSpec(band, { present, hasIntervals, last: i === bands.length - 1, height, extent });
    }),
    resolve: { scale: { color: 'shared' } },
  };
}

/** Room for all values, and for the bars as far as they reach to half and twice what any value is. */
function domainOf(verdicts: readonly ClientVerdict[]): readonly [number, number] {
  const values = verdicts.flatMap(({ impact }) =>
    [impact.times.p50_due_ms, impact.times.p99_due_ms].flatMap(({ ratio }) => ratio?.value ?? []),
  );
  const bars = barsOf(verdicts).flat();
  const [least, most] = [Math.min(0.7, ...values), Math.max(1.4, ...values)];
  return [
    Math.max(Math.min(least, ...bars), least / 2) / 1.1,
    Math.min(Math.max(most, ...bars), most * 2) * 1.1,
  ];
}

/** From where to where each bar reaches. */
function barsOf(verdicts: readonly ClientVerdict[]): [low: number, high: number][] {
  return verdicts.flatMap(({ impact }) => {
    const { low, high } = impact.times.p99_due_ms.ratio ?? { low: null, high: null };
    return low === null || high === null ? [] : [[low, high]];
  });
}

/** Whether a bar goes on beyond the edge of its panel. */
function hasCutBars(all: readonly ClientVerdict[]): boolean {
  return [...groupBy(all, ({ impact }) => impact.target_role).values()].some((same) => {
    const [from, to] = domainOf(same);
    return barsOf(same).some(([low, high]) => low < from || high > to);
  });
}

/** How the rows of a role are named, and in which order they stand. */
function rowsOf({ reads, writes }: Answer) {
  const named = impactRowLabels([...reads, ...writes].map(({ impact }) => impact));
  const leading = writes.length > 0 ? writes : reads;
  return { ...named, labels: [...new Set(leading.map(({ impact }) => named.labelOf(impact)))] };
}

interface BandSetting {
  present: readonly ClientVerdict['verdict'][];
  /** Whether any of the percentiles has one, in whichever band. */
  hasIntervals: boolean;
  last: boolean;
  height: { step: number };
  /** The room that labels take at least, in px, so that the plots of both roles stand below each other. */
  extent: number;
}

function bandSpec(
  { reads, writes }: Answer,
  { present, hasIntervals, last, height, extent }: BandSetting,
): Plot {
  const { labelOf, labels, titled, releases } = rowsOf({ reads, writes });
  const placeOf = ({ impact }: ClientVerdict) => ({
    label: labelOf(impact),
    release: impact.debian_release,
  });
  const domain = domainOf([...reads, ...writes]);
  const { values, labelled } = ticksIn(domain);
  const plot = (verdicts: readonly ClientVerdict[], title: string, first: boolean): Plot => {
    const rows = verdicts.map((one) => ({
      ...placeOf(one),
      verdict: one.verdict,
      share: one.impact.none_served ? 'none' : pointsWords(one.impact.shares!.within_1s.difference.value),
    }));
    // in place of the dot, beside the tick
    const unserved = verdicts.flatMap((one) => {
      const { impact, verdict } = one;
      const { p50_due_ms: median, p99_due_ms: tail } = impact.times;
      if (tail.ratio) return [];
      const text = `> ${lostPercent(one)} % lost`;
      return [{ ...placeOf(one), verdict, text, at: round(median.ratio?.value ?? domain[1]) }];
    });
    const isRight = ({ at }: { at: number }) => at ** 2 > domain[0] * domain[1];
    const points = verdicts.flatMap((one) =>
      ([MEDIAN, TAIL] as const).flatMap((which) => {
        const { ratio } = one.impact.times[which === TAIL ? 'p99_due_ms' : 'p50_due_ms'];
        if (!ratio) return [];
        const [value, low, high] = [round(ratio.value), round(ratio.low), round(ratio.high)];
        const mark = methodMark(ratio);
        return [{ ...placeOf(one), verdict: one.verdict, which, value, low, high, mark }];
      }),
    );
    const x = {
      type: 'quantitative',
      title: last ? (['Times as long as without', '(logarithmic)'] as string[]) : null,
      scale: { type: 'log', domainMin: domain[0], domainMax: domain[1], nice: false },
      axis: {
        values,
        format: ',~g',
        labelExpr: `indexof(${JSON.stringify(labelled)}, datum.value) < 0 ? '' : datum.label`,
      },
    } as const;
    const place = {
      y: {
        field: 'label',
        type: 'nominal',
        title: null,
        scale: { domain: labels },
        axis: first ? { ...LINES, minExtent: extent } : null,
      },
      ...subrowOffset('release', releases),
    } as const;
    const color = {
      field: 'verdict',
      type: 'nominal',
      scale: { domain: present, range: present.map((name) => VERDICTS[name]) },
      legend: {
        title: subrowTitle(releases),
        symbolType: 'circle',
        symbolOpacity: 1,
      },
    } as const;
    const lost = ([true, false] as const).map((right) => ({
      data: { values: unserved.filter((one) => isRight(one) === right) },
      text: { type: 'text', align: right ? 'right' : 'left', dx: right ? -3.5 : 3.5, fontSize: 7.5 } as const,
      encoding: { ...place, x: { ...x, field: 'at' }, text: { field: 'text' } } as const,
    }));
    const tail = points.filter(({ which }) => which === TAIL);
    return {
      height,
      title: { text: title, fontSize: 9.5, offset: 8 },
      layer: shown([
        {
          data: { values: [{ from: round(1 / MARGINS.longer), to: MARGINS.longer }] },
          mark: { type: 'rect', color: '$window' },
          encoding: {
            x: { ...x, field: 'from' },
            x2: { field: 'to' },
            y: { value: 0 },
            y2: { value: 'height' },
          },
        },
        markKey([...percentileKeys(hasIntervals), MARGIN]),
        {
          data: { values: [{ at: 1 }] },
          mark: { type: 'rule', color: '$line' },
          encoding: { x: { ...x, field: 'at' }, y: { value: 0 }, y2: { value: 'height' } },
        },
        // no line runs through them, and their ground hides no mark
        ...lost.map(({ text, ...one }) => ({ ...one, mark: { ...text, stroke: '$paper', strokeWidth: 5 } })),
        {
          data: { values: withInterval(tail, true) },
          mark: { type: 'rule', strokeWidth: 3, opacity: 0.4, clip: true },
          encoding: { ...place, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        },
        {
          data: { values: points.filter(({ which }) => which === MEDIAN) },
          mark: { type: 'tick', thickness: 1.6, height: 9, orient: 'vertical' },
          encoding: { ...place, x: { ...x, field: 'value' }, color },
        },
        {
          data: { values: tail },
          mark: { type: 'point', size: 30, filled: true, opacity: 1 },
          encoding: { ...place, x: { ...x, field: 'value' }, color },
        },
        {
          data: { values: tail.filter(({ mark }) => mark !== '') },
          mark: { type: 'text', dx: 5, dy: -5, fontSize: 8 },
          encoding: { ...place, x: { ...x, field: 'value' }, text: { field: 'mark' }, color },
        },
        ...lost.map(({ text, encoding, ...values }) => ({
          ...values,
          mark: text,
          encoding: { ...encoding, color },
        })),
        {
          data: { values: rows },
          mark: { type: 'text', align: 'left', dx: 6, fontSize: 7.5, color: '$muted' },
          encoding: { ...place, x: { value: 'width' }, text: { field: 'share' } },
        },
        {
          data: { values: [{ text: 'in 1 s' }] },
          mark: { type: 'text', align: 'left', dx: 6, fontSize: 7.5, color: '$muted' },
          encoding: { x: { value: 'width' }, y: { value: -6 }, text: { field: 'text' } },
        },
      ]),
    };
  };
  return {
    spacing: 4,
    hconcat: [plot(reads, titled('Reads'), true), plot(writes, 'Writes', false)],
  };
}

/** The width of a letter in a label, in px; the widest labels have wide and narrow ones. */
const LETTER = 4.9;

/** How many labels an axis has at most: wide ones fit. */
const MOST_LABELS = 3;

/** Powers of ten, of two where there would be too few, and those that are labelled: 1, and every so many from there. */
function ticksIn([from, to]: readonly [number, number]) {
  const base = to / from > 200 ? 10 : 2;
  const log = (value: number) => Math.log(value) / Math.log(base);
  const first = Math.ceil(log(from));
  const powers = Array.from({ length: Math.floor(log(to)) - first + 1 }, (_, i) => first + i);
  const every = (n: number) => powers.filter((power) => power % n === 0).map((power) => base ** power);
  const apart = [1, 2, 4, 8].find((n) => every(n).length <= MOST_LABELS)!;
  return { values: every(powers.length > 5 ? 2 : 1), labelled: every(apart) };
}
