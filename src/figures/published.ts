import { mainSetting, type Setting, settingWords } from '../results/core/setting.js';
import { type Comparison, comparePublished } from '../results/derived/published.js';
import { faultDescription } from '../vocabulary/faults.js';
import { BAND_SHAPE, WHISKER_SHAPE } from './parts/axis.js';
import { figure, MissingData, type Plot, type Queryable, type Spec } from './parts/figure.js';
import { shown, withInterval } from './parts/layers.js';
import { publishedCsv, publishedTex } from './parts/published-table.js';
import {
  capital,
  faultWords,
  methodMark,
  number,
  round,
  severityWords,
  shortWhiskers,
  UNPAIRED,
  unpairedWords,
  WITHIN_BLOCKS,
  whiskerWords,
} from './parts/words.js';

interface Answer {
  setting: Setting;
  /** All that 2022 published. */
  all: Comparison[];
  /** Its faults, each measure of each once, where the dataset has them. */
  rows: Comparison[];
}

const TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const WHO = ['measured', '95 % interval', '2022', 'difference', `measured, unpaired ${UNPAIRED}`];
/** So small beside the dot that neither hides the other. */
const SIZES = { dot: 70, diamond: 24 };
const SHAPES = ['circle', WHISKER_SHAPE, 'diamond', BAND_SHAPE, 'triangle-up'];
const COLOURS = ['$measured', '$ink', '$published', '$line', '$measured'];

export default figure<Answer>({
  name: 'published',
  ofClient: 'client-impact',
  order: 80,
  title: 'What 2022 published and what is measured',
  question: 'Which of the effects that 2022 published are found again?',
  query: ask,
  spec,
  tables: ({ all }) => ({ csv: publishedCsv(all), tex: publishedTex(all) }),
  short: ({ rows }) => {
    const { inside, counted } = held(rows);
    const found =
      counted > 0
        ? ` Of ${counted} intervals, ${inside} ${inside === 1 ? 'holds' : 'hold'} 2022’s value.`
        : '';
    return `Each fault of 2022 as a ratio to its own baseline, in 2022 (diamonds) and here (dots). ${shortWhiskers(rows.map((row) => row.oursRatio!.trials))}${found}`;
  },
  caption: ({ setting, rows }) => {
    const { inside, counted } = held(rows);
    const found =
      counted > 0
        ? `Of ${counted} intervals, ${inside} ${inside === 1 ? 'holds' : 'hold'} the published value. `
        : '';
    const farthest = rows.reduce((a, b) => (distance(b) > distance(a) ? b : a));
    return (
      `Each fault of 2022, as a ratio to its own baseline: diamonds are the published values, dots what is measured here. ${whiskerWords(
        rows.map((row) => row.oursRatio!.trials),
        WITHIN_BLOCKS,
      )}${unpairedWords(rows.map((row) => row.oursRatio))} ` +
      `${found}Farthest apart: ${name(farthest)}, ${farthest.unit === 'ms' ? 'mean latency' : 'throughput'}, ` +
      `${number(farthest.ratio)} in 2022 and ${number(farthest.oursRatio!.value)} here. (${capital(settingWords(setting))}.)`
    );
  },
});

/** How many intervals there are, and how many of them hold the published value. */
function held(rows: readonly Comparison[]): { inside: number; counted: number } {
  const intervals = rows.filter(({ oursRatio }) => oursRatio?.low != null);
  const inside = intervals.filter(({ ratio, oursRatio: o }) => o!.low! <= ratio && ratio <= o!.high!);
  return { inside: inside.length, counted: intervals.length };
}

async function ask(data: Queryable): Promise<Answer> {
  const all = await comparePublished(data);
  const faults = all.filter((row) => row.fault !== 'none' && drawable(row.oursRatio));
  const key = (row: Comparison) => `${name(row)}\n${row.measure}`;
  const rows = faults.filter((row, i) => faults.findIndex((other) => key(other) === key(row)) === i);
  if (rows.length === 0) throw new MissingData('no fault of 2022 with its baseline');
  return { setting: await mainSetting(data), all, rows };
}

/** Where nothing succeeded, in a short run on a busy machine, there is no ratio, or one that a log scale has no place for. */
function drawable(ratio: Comparison['oursRatio']): boolean {
  return ratio !== null && ratio.value > 0 && Number.isFinite(ratio.value);
}

function spec({ rows }: Answer): Spec {
  const values = rows.map((row) => ({
    label: name(row),
    measure: row.measure,
    before: round(row.ratio),
    now: round(row.oursRatio!.value),
    low: round(row.oursRatio!.low),
    high: round(row.oursRatio!.high),
    method: row.oursRatio!.method,
  }));
  const ends = values
    .flatMap((row) => [row.before, row.now, row.low, row.high, 1])
    .filter((value) => value !== null)
    .filter((value) => value > 0);
  const [least, most] = [Math.min(...ends) / 1.15, Math.max(...ends) * 1.15];
  const there = [
    values.some((row) => !methodMark(row)),
    withInterval(values, true).length > 0,
    true,
    true,
    values.some(methodMark),
  ];
  const who = WHO.filter((_, i) => there[i]);
  const plot = (measure: string, title: string, worst: 'least' | 'most'): Plot | [] => {
    const mine = values
      .filter((row) => row.measure === measure)
      .sort((a, b) => (worst === 'least' ? a.now - b.now : b.now - a.now));
    if (mine.length === 0) return [];
    const x = {
      type: 'quantitative',
      title: [title, '(× baseline, logarithmic)'] as string[],
      scale: { type: 'log', domainMin: least, domainMax: most, nice: false },
      axis: { values: TICKS.filter((tick) => tick >= least && tick <= most), format: '~g' },
    } as const;
    const points = mine.flatMap((row) => [
      { label: row.label, value: row.now, who: WHO[methodMark(row) ? 4 : 0]! },
      { label: row.label, value: row.before, who: '2022' },
    ]);
    const y = {
      field: 'label',
      type: 'nominal',
      sort: null,
      title: null,
      axis: { ticks: false, domain: false, grid: true, gridDash: [1, 2] as number[] },
    } as const;
    return {
      height: { step: 17 },
      data: { values: mine },
      layer: shown([
        {
          data: { values: [{ one: 1 }] },
          mark: { type: 'rule', color: '$muted', strokeWidth: 1 },
          encoding: { x: { ...x, field: 'one' } },
        },
        {
          mark: { type: 'rule', color: '$line', strokeWidth: 3 },
          encoding: { y, x: { ...x, field: 'before' }, x2: { field: 'now' } },
        },
        {
          data: { values: withInterval(mine, true) },
          mark: { type: 'rule', color: '$ink', strokeWidth: 1.1 },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        {
          data: { values: points },
          mark: { type: 'point', filled: true, opacity: 1 },
          encoding: {
            y,
            x: { ...x, field: 'value' },
            shape: {
              field: 'who',
              type: 'nominal',
              scale: { domain: who, range: who.map((one) => SHAPES[WHO.indexOf(one)]!) },
              legend: { title: null, columns: values.some(methodMark) ? 1 : 2, columnPadding: 6 },
            },
            color: {
              field: 'who',
              type: 'nominal',
              scale: { domain: who, range: who.map((one) => COLOURS[WHO.indexOf(one)]!) },
            },
            size: { condition: { test: "datum.who === '2022'", value: SIZES.diamond }, value: SIZES.dot },
          },
        },
      ]),
    };
  };
  return {
    spacing: 16,
    vconcat: [
      plot('reads_per_s', 'Read throughput', 'least'),
      plot('read_mean_ms', 'Mean read latency', 'most'),
    ].flat(),
    resolve: { scale: { y: 'independent' } },
  };
}

function name(row: Comparison): string {
  const severity = severityWords({
    fault: row.fault,
    severity: row.severity,
    severity_unit: faultDescription(row.fault)?.unit ?? null,
  });
  return `${row.target_role === 'leader' ? 'Leader' : 'Follower'}: ${lower(faultWords(row.fault))}${severity && `, ${severity}`}`;
}

/** How many times the one ratio is the other. */
function distance(row: Comparison): number {
  return Math.abs(Math.log(row.oursRatio!.value / row.ratio));
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
