import { MissingData } from '../results/core/query.js';
import { type ClientOutcomes, clientOutcomes, FATES, type Fate } from '../results/derived/client-outcomes.js';
import { NO_FAULT } from '../vocabulary/faults.js';
import { LINES, linesHeight, PERCENT } from './parts/axis.js';
import { byEffect, impactLabels, impactRowLabels, loadWords } from './parts/client-words.js';
import { figure, type Plot, type Spec } from './parts/figure.js';
import { onAPage } from './parts/page.js';
import { LEAST_SUBROW, stepOf, subrowOffset, subrowTitle } from './parts/subrows.js';
import { number, round, shareWords, trialsWords } from './parts/words.js';

const ALL = Object.keys(FATES) as Fate[];
/** Two plots share a column: a share that is narrower than this part of one cannot be seen. */
const LEAST_DRAWN = 0.01;
const COLOURS = ['$strong', '$ok', '$unknown', '$ink', '$fail', '$ended'];

export default figure<ClientOutcomes[]>({
  name: 'client-outcomes',
  order: 209,
  title: 'What became of the client’s operations',
  question: 'What becomes of operations while a fault lasts: in time, late, refused, in doubt or never sent?',
  query: async (data) => {
    const all = onAPage(await clientOutcomes(data), ({ trials }) => trials);
    const [fate, ...others] = seen(all);
    if (others.length > 0) return all;
    throw new MissingData(`the same became of all operations: ${FATES[fate!]}`);
  },
  spec,
  short: (all) =>
    `Shares of the reads and writes that were due during a fault, by what became of them; at the right those that succeeded within 1 s. Means over trials (${trialsWords(all.map(({ trials }) => trials.length))}).`,
  caption: (all) => {
    const writes = all.filter(({ kind, fault }) => kind === 'write' && fault !== NO_FAULT);
    const worst = writes.toSorted((a, b) => inTime(a) - inTime(b))[0];
    const words = worst
      ? ` Of the writes during “${impactLabels(all)(worst).replace('\n', ', ')}” succeeded ${shareWords(inTime(worst))} within 1 s, and of ${shareWords(worst.shares.unknown.value)} nobody can tell.`
      : '';
    return (
      `Shares of the reads and writes that were due during a fault, by what became of them, over all of their attempts; of runs without a fault in the same seconds. Numbers at the right are the shares that had succeeded 1 s after they were due.${words}${unseenWords(all)} ` +
      `Shares are means over trials, of ${number(all.reduce((sum, { operations }) => sum + operations, 0))} operations in all. ${loadWords(all)}`
    );
  },
});

function spec(all: ClientOutcomes[]): Spec {
  const { labelOf, titled, releases } = impactRowLabels(all);
  const labels = byEffect(all, labelOf, (one) => -inTime(one));
  const used = seen(all);
  const least = Math.max(20, linesHeight(labels), releases.length * LEAST_SUBROW);
  const height = stepOf(labels.length, releases, { around: 88, least, most: Math.max(25, least) });
  const beside = releases.length > 0 ? { fontSize: 7, dy: 1 } : { fontSize: 8 };
  const placeOf = (one: ClientOutcomes) => ({ label: labelOf(one), release: one.debian_release });
  const bars = all.flatMap((one) => {
    let end = 0;
    return used.flatMap((fate) => {
      const start = end;
      end += one.shares[fate].value;
      const row = { ...placeOf(one), kind: one.kind, fate: FATES[fate] };
      return end > start ? [{ ...row, start: round(start), end: round(end) }] : [];
    });
  });
  const sums = all.map((one) => ({
    ...placeOf(one),
    kind: one.kind,
    text: shareWords(inTime(one)),
  }));
  const place = (first: boolean) =>
    ({
      y: {
        field: 'label',
        type: 'nominal',
        title: null,
        scale: { domain: labels },
        axis: first ? LINES : null,
      },
      ...subrowOffset('release', releases),
    }) as const;
  const plot = (kind: string, title: string, first: boolean): Plot => ({
    height,
    title: { text: title, fontSize: 9.5, offset: 8 },
    layer: [
      {
        data: { values: bars.filter((bar) => bar.kind === kind) },
        mark: {
          type: 'bar',
          height: { band: releases.length > 0 ? 0.85 : 0.6 },
          stroke: '$paper',
          strokeWidth: 0.5,
        },
        encoding: {
          ...place(first),
          x: {
            field: 'start',
            type: 'quantitative',
            title: 'Share',
            axis: { labelExpr: PERCENT, values: [0, 0.5, 1] },
            scale: { domain: [0, 1] },
          },
          x2: { field: 'end' },
          color: {
            field: 'fate',
            type: 'nominal',
            scale: {
              domain: used.map((fate) => FATES[fate]),
              range: used.map((fate) => COLOURS[ALL.indexOf(fate)]!),
            },
            legend: { title: subrowTitle(releases), symbolType: 'square', columns: 3 },
          },
        },
      },
      {
        data: { values: sums.filter((sum) => sum.kind === kind) },
        mark: { type: 'text', align: 'left', dx: 4, ...beside, color: '$muted' },
        encoding: { ...place(first), x: { value: 'width' }, text: { field: 'text' } },
      },
      {
        data: { values: [{ text: 'in 1 s' }] },
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 7.5, color: '$muted' },
        encoding: { x: { value: 'width' }, y: { value: -6 }, text: { field: 'text' } },
      },
    ],
  });
  return {
    usermeta: { across: 2 },
    spacing: 6,
    hconcat: [plot('read', titled('Reads'), true), plot('write', 'Writes', false)],
    resolve: { scale: { color: 'shared' } },
  };
}

/** What became of so many that a bar can show it. */
function seen(all: readonly ClientOutcomes[]): Fate[] {
  return ALL.filter((fate) => most(all, fate) > LEAST_DRAWN);
}

/** The largest share of the reads or writes of any fault that became this. */
function most(all: readonly ClientOutcomes[], fate: Fate): number {
  return Math.max(...all.map(({ shares }) => shares[fate].value));
}

/** What is too rare to be drawn, with how rare it is. */
function unseenWords(all: readonly ClientOutcomes[]): string {
  const rare = ALL.filter((fate) => most(all, fate) > 0 && most(all, fate) <= LEAST_DRAWN);
  const words = rare.map((fate) => `“${FATES[fate]}” (at most ${shareWords(most(all, fate))})`);
  return words.length === 0 ? '' : ` Too rare to be drawn: ${words.join(', ')}.`;
}

function inTime({ shares }: ClientOutcomes): number {
  return Math.min(1, shares.within_100ms.value + shares.within_1s.value);
}
