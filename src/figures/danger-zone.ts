import { csv } from '../common/csv.js';
import { groupBy } from '../common/group.js';
import {
  DANGER_LEVELS,
  followerWorse,
  harderButBetter,
  type Sweep,
  sweeps,
} from '../results/derived/sweep.js';
import { faultDescription } from '../vocabulary/faults.js';
import { PERCENT, TICK_SHAPE, WHISKER_SHAPE } from './parts/axis.js';
import { apartWords, crossingWords, roleWords } from './parts/danger-words.js';
import { figure, type Layer, type Plot, type Spec } from './parts/figure.js';
import { shown, withInterval } from './parts/layers.js';
import { markKey } from './parts/mark-key.js';
import { faultWords, number, round, shortWhiskers, trialsWords } from './parts/words.js';

const MOST_TOLD = 4;
const DURING = 'while it lasted';
const AFTER = 'after its lift';
const LEVELS = { name: '10 % and 50 %', shape: WHISKER_SHAPE, fill: '$line' };
const INTERVAL = { name: '95 % interval', shape: TICK_SHAPE, fill: '$muted' };
const COLOURS = ['$measured', '$second', '$strong', '$third', '$published'];

export default figure<Sweep[]>({
  name: 'danger-zone',
  order: 240,
  title: 'How hard a fault must be to hurt',
  question: 'How hard must a fault be to cost a tenth of the service, and half of it?',
  query: sweeps,
  spec,
  tables: (all) => ({ csv: table(all) }),
  short: (all) =>
    `Share of the service that was lost while a fault lasted, against what succeeded within 1 s before it in the same run, by how hard it was and for how long it lasted; dashed: the same after its lift, until the end of the workload. Grey rules: 10 % and 50 %. ${shortWhiskers(countsOf(all))}`,
  caption: (all) => {
    const counts = countsOf(all);
    const whiskers =
      Math.max(...counts) === 1 ? 'One trial has no interval.' : 'Whiskers are 95 % intervals over trials.';
    const [better, worse] = [harderButBetter(all), followerWorse(all)];
    const apart = apartWords(all);
    const dangers = told(all).map((one) => dangerWords(one, apart));
    return (
      `Share of the service that was lost while a fault lasted: how much less of what was due succeeded within 1 s than before it in the same run; ${trialsWords(counts)}. ${whiskers} ` +
      `Dashed: the same of what was due after its lift, until the end of the workload. Grey rules are at 10 % and 50 %. These are lost: ${dangers.join('; ')}${dangers.length < all.length ? '; the table has the other curves' : ''}. ` +
      `A harder severity cost less than the milder one beside it, with intervals apart, in ${better.found.length} of ${better.pairs} pairs, ` +
      `and a follower more than the leader in ${worse.found.length} of ${worse.pairs}.`
    );
  },
});

function countsOf(all: readonly Sweep[]): number[] {
  return all.flatMap(({ points }) => points.map(({ trials }) => trials.length));
}

/** The curves that the caption has room for: of each fault on the leader the longest, with the most reads. */
function told(all: readonly Sweep[]): Sweep[] {
  const leaders = all.filter(({ target_role }) => target_role === 'leader');
  const worth = ({ for_s, reads }: Sweep) => for_s + reads;
  return [...groupBy(leaders, ({ fault }) => fault).values()]
    .map((curves) => curves.reduce((a, b) => (worth(b) > worth(a) ? b : a)))
    .slice(0, MOST_TOLD);
}

/** The danger zone of every curve. */
function table(all: readonly Sweep[]): string {
  const columns = [
    ...['campaign', 'debian_release', 'workers', 'fault', 'role', 'for_s', 'reads', 'unit'],
    ...['level', 'severity', 'low', 'high'],
  ];
  const rows = all.flatMap((sweep) =>
    (Object.keys(DANGER_LEVELS) as (keyof typeof DANGER_LEVELS)[]).map((level) => ({
      ...{ campaign: sweep.campaign, debian_release: sweep.debian_release, workers: sweep.workers },
      ...{ fault: sweep.fault, role: sweep.target_role, for_s: sweep.for_s, reads: round(sweep.reads) },
      ...{ unit: sweep.severity_unit, level: DANGER_LEVELS[level], severity: sweep.danger[level].value },
      ...{ low: sweep.danger[level].low, high: sweep.danger[level].high },
    })),
  );
  return csv(columns, rows);
}

function dangerWords(sweep: Sweep, apart: (one: Sweep) => string): string {
  const { tenth, half } = sweep.danger;
  return `${faultWords(sweep.fault)} on the ${sweep.target_role} for ${number(sweep.for_s)} s, ${mixWords(sweep)}${apart(sweep)}: ${crossingWords(sweep, tenth)} and ${crossingWords(sweep, half)}`;
}

/** `50 % reads`. */
export function mixWords({ reads }: Sweep): string {
  return `${Math.round(100 * reads)} % reads`;
}

/** Faults and mixes below each other, roles beside each other: a plot each, whose curves are the lengths. */
function spec(all: Sweep[]): Spec {
  const lengths = [...new Set(all.map(({ for_s }) => for_s))].sort((a, b) => a - b).map(lengthWords);
  const [apart, titleOf] = [apartWords(all), titlesOf(all)];
  const bands = [...groupBy(all, (one) => `${one.fault}\n${mixWords(one)}${apart(one)}`).values()];
  const roles = [...new Set(all.map(({ target_role }) => target_role))];
  const key = markKey([LEVELS, ...(withInterval(rowsOf(all)).length > 0 ? [INTERVAL] : [])]);
  return {
    ...(roles.length > 1 ? { usermeta: { across: 2 } } : {}),
    spacing: 14,
    vconcat: bands.map((band) => ({
      spacing: 8,
      hconcat: roles
        .map((role) => band.filter(({ target_role }) => target_role === role))
        .filter((mine) => mine.length > 0)
        .map((mine, i) => plot(mine, { title: titleOf(mine[0]!), lengths, first: i === 0, key })),
    })),
    resolve: { scale: { color: 'shared' } },
  } as Spec;
}

function lengthWords(forS: number): string {
  return `${number(forS)} s`;
}

/** What was lost, while the fault lasted and after it, as a chart draws it. */
function rowsOf(mine: readonly Sweep[]) {
  return mine.flatMap((one) =>
    one.points.flatMap(({ severity, lost, after }) =>
      [
        { part: DURING, share: lost },
        { part: AFTER, share: after },
      ].flatMap(({ part, share }) =>
        share
          ? [
              {
                ...{ severity, part, length: lengthWords(one.for_s) },
                ...{ lost: round(share.value), low: round(share.low), high: round(share.high) },
              },
            ]
          : [],
      ),
    ),
  );
}

interface PlotSetting {
  title: string;
  lengths: readonly string[];
  /** Whether it stands at the left. */
  first: boolean;
  key: Layer;
}

function plot(mine: readonly Sweep[], { title, lengths, first, key }: PlotSetting): Plot {
  const one = mine[0]!;
  const rows = rowsOf(mine);
  const severities = [...new Set(rows.map(({ severity }) => severity))].sort((a, b) => a - b);
  const ends: [number, number] = [severities[0]!, severities.at(-1)!];
  const ticks = [0, 0.5, 1];
  const unit = axisUnit(one.severity_unit);
  const less = faultDescription(one.fault)?.worse === 'less';
  const x = {
    field: 'severity',
    type: 'quantitative',
    title: one.severity_unit === '' ? 'Severity (log)' : `${unit.name} (log), harder →`,
    scale: { type: 'log', nice: false, reverse: less, domain: ends },
    axis: {
      values: severities,
      labelExpr: `format(datum.value / ${unit.of}, ',~g')`,
      grid: false,
      labelOverlap: true,
    },
  } as const;
  const y = {
    field: 'lost',
    type: 'quantitative',
    title: first ? 'Service lost' : ' ', // without one, the plot would stand higher than the first
    scale: { domainMin: 0, domainMax: 1, nice: false },
    axis: { values: ticks, labelExpr: PERCENT, labels: first },
  } as const;
  const color = {
    field: 'length',
    type: 'nominal',
    scale: { domain: [...lengths], range: COLOURS.slice(0, lengths.length) },
    legend: { title: 'The fault lasted', symbolType: 'stroke', symbolSize: 150 },
  } as const;
  const strokeDash = {
    field: 'part',
    type: 'nominal',
    scale: { domain: [DURING, AFTER], range: [[], [3, 2]] },
    legend: { title: null, symbolType: 'stroke', symbolSize: 150 },
  } as const;
  return {
    height: 60,
    title: { text: title, anchor: 'start', fontSize: 9, fontWeight: 'normal', offset: 3 },
    layer: shown([
      key,
      {
        data: { values: Object.values(DANGER_LEVELS).map((lost) => ({ lost })) },
        mark: { type: 'rule', color: '$line' },
        encoding: { y },
      },
      {
        data: { values: rows },
        mark: { type: 'line', strokeWidth: 1.5, clip: true },
        encoding: { x, y, color, strokeDash },
      },
      {
        data: { values: withInterval(rows) },
        mark: { type: 'rule' },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        data: { values: rows.filter(({ part }) => part === DURING) },
        mark: { type: 'point', filled: true, size: 22, opacity: 1 },
        encoding: { x, y, color },
      },
    ]),
  };
}

/** The mix is told where there are several. */
function titlesOf(all: readonly Sweep[]): (one: Sweep) => string {
  const [apart, mixes] = [apartWords(all), new Set(all.map(mixWords))];
  return (one) => {
    const mix = mixes.size > 1 ? `, ${mixWords(one)}` : '';
    return `${faultWords(one.fault)} on ${roleWords(one)}${mix}${apart(one)}`;
  };
}

/** The unit of an axis of severities, and how many of the recorded unit it is. */
function axisUnit(unit: string): { name: string; of: number } {
  if (unit === 'bytes_per_s') return { name: 'kB/s', of: 1000 };
  return { name: { percent: '%', cpus: 'CPUs' }[unit] ?? unit, of: 1 };
}
