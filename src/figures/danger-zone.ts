import { csv } from '../common/csv.js';
import { groupBy } from '../common/group.js';
import type { Crossing } from '../results/core/crossing.js';
import {
  DANGER_LEVELS,
  followerWorse,
  harderButBetter,
  type Sweep,
  sweeps,
} from '../results/derived/sweep.js';
import { faultDescription } from '../vocabulary/faults.js';
import { PERCENT } from './parts/axis.js';
import { figure, type Plot, type Spec } from './parts/figure.js';
import { shown, withInterval } from './parts/layers.js';
import { faultWords, number, round, severityWords, shortWhiskers, trialsWords } from './parts/words.js';

const MOST_TOLD = 4;
const COLOURS = ['$measured', '$second', '$strong', '$third', '$published'];

export default figure<Sweep[]>({
  name: 'danger-zone',
  order: 240,
  title: 'How hard a fault must be to hurt',
  claim: 'A fault costs hardly anything up to some severity, and soon after it most of the service.',
  query: sweeps,
  spec,
  tables: (all) => ({ csv: table(all) }),
  short: (all) =>
    `Share of the service that was lost while a fault lasted, against what succeeded within 1 s before it in the same run, by how hard it was and for how long it lasted. Dashed rules: 10 % and 50 %. ${shortWhiskers(countsOf(all))}`,
  caption: (all) => {
    const counts = countsOf(all);
    const whiskers =
      Math.max(...counts) === 1 ? 'One trial has no interval.' : 'Whiskers are 95 % intervals over trials.';
    const [better, worse] = [harderButBetter(all), followerWorse(all)];
    return (
      `Share of the service that was lost while a fault lasted: how much less of what was due succeeded within 1 s than before it in the same run; ${trialsWords(counts)}. ${whiskers} ` +
      `Rules are at 10 % and 50 %. Severity at which these are lost: ${told(all).map(dangerWords).join('; ')}${told(all).length < all.length ? '; the table has the other curves' : ''}. ` +
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
  const columns = ['fault', 'role', 'for_s', 'reads', 'unit', 'level', 'severity', 'low', 'high'];
  const rows = all.flatMap((sweep) =>
    (Object.keys(DANGER_LEVELS) as (keyof typeof DANGER_LEVELS)[]).map((level) => ({
      ...{ fault: sweep.fault, role: sweep.target_role, for_s: sweep.for_s, reads: round(sweep.reads) },
      ...{ unit: sweep.severity_unit, level: DANGER_LEVELS[level], severity: sweep.danger[level].value },
      ...{ low: sweep.danger[level].low, high: sweep.danger[level].high },
    })),
  );
  return csv(columns, rows);
}

function dangerWords(sweep: Sweep): string {
  const { tenth, half } = sweep.danger;
  const at = (one: Crossing) => {
    if (one === 'mildest') return 'less than was tried';
    if (one === 'beyond') return 'more than was tried';
    return severityWords({ ...sweep, severity: Number(one.toPrecision(2)) });
  };
  const words = ({ value, low, high }: typeof tenth) =>
    low === null || high === null || at(low) === at(high)
      ? at(value)
      : `${at(value)} (${at(low)} to ${at(high)})`;
  return `${faultWords(sweep.fault)} on the ${sweep.target_role} for ${number(sweep.for_s)} s, ${mixWords(sweep)}: ${words(tenth)} and ${words(half)}`;
}

/** `50 % reads`. */
export function mixWords({ reads }: Sweep): string {
  return `${Math.round(100 * reads)} % reads`;
}

/** Faults by role and mix: a plot each, whose curves are the lengths. */
function spec(all: Sweep[]): Spec {
  const lengths = [...new Set(all.map(({ for_s }) => for_s))].sort((a, b) => a - b).map(lengthWords);
  const titles = [...new Set(all.map(titleOf))];
  const plots = titles.map((title): Plot => {
    const mine = all.filter((one) => titleOf(one) === title);
    return plot(title, mine, lengths);
  });
  return { spacing: 14, vconcat: plots, resolve: { scale: { color: 'shared' } } };
}

function titleOf(sweep: Sweep): string {
  return `${faultWords(sweep.fault)}, ${sweep.target_role}, ${mixWords(sweep)}`;
}

function lengthWords(forS: number): string {
  return `${number(forS)} s`;
}

function plot(title: string, mine: readonly Sweep[], lengths: readonly string[]): Plot {
  const rows = mine.flatMap((one) =>
    one.points.map(({ severity, lost }) => ({
      severity,
      length: lengthWords(one.for_s),
      lost: round(lost.value),
      low: round(lost.low),
      high: round(lost.high),
    })),
  );
  const severities = [...new Set(rows.map(({ severity }) => severity))].sort((a, b) => a - b);
  const ends: [number, number] = [severities[0]!, severities.at(-1)!];
  const ticks = [0, 0.5, 1];
  const less = faultDescription(mine[0]!.fault)?.worse === 'less';
  const x = {
    field: 'severity',
    type: 'quantitative',
    title:
      mine[0]!.severity_unit === ''
        ? 'Severity (logarithmic)'
        : `Severity (${unitWords(mine[0]!.severity_unit)}, logarithmic), harder to the right`,
    scale: { type: 'log', nice: false, reverse: less, domain: ends },
    axis: { values: severities, format: '~g', grid: false, labelOverlap: true },
  } as const;
  const y = {
    field: 'lost',
    type: 'quantitative',
    title: 'Service lost',
    scale: { domainMin: 0, domainMax: 1, nice: false },
    axis: { values: ticks, labelExpr: PERCENT },
  } as const;
  const color = {
    field: 'length',
    type: 'nominal',
    scale: { domain: [...lengths], range: COLOURS.slice(0, lengths.length) },
    legend: { title: 'The fault lasted', symbolType: 'stroke', symbolSize: 150 },
  } as const;
  return {
    height: 70,
    title: { text: title, anchor: 'start', fontSize: 9, fontWeight: 'normal', offset: 3 },
    layer: shown([
      {
        data: { values: Object.values(DANGER_LEVELS).map((lost) => ({ lost })) },
        mark: { type: 'rule', strokeDash: [2, 3], opacity: 0.5 },
        encoding: { y },
      },
      {
        data: { values: [{ lost: DANGER_LEVELS.tenth, text: `${100 * DANGER_LEVELS.tenth} %` }] },
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 8, color: '$muted' },
        encoding: { x: { value: 'width' }, y, text: { field: 'text' } },
      },
      { data: { values: rows }, mark: { type: 'line', strokeWidth: 1.5 }, encoding: { x, y, color } },
      {
        data: { values: withInterval(rows) },
        mark: { type: 'rule' },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        data: { values: rows },
        mark: { type: 'point', filled: true, size: 22, opacity: 1 },
        encoding: { x, y, color },
      },
    ]),
  };
}

/** A unit of severity for an axis. */
export function unitWords(unit: string): string {
  return { bytes_per_s: 'bytes/s', percent: '%', cpus: 'CPUs' }[unit] ?? unit;
}
