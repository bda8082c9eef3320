import { groupBy } from '../common/group.js';
import { mainSetting, placeWords, type Setting } from '../results/core/setting.js';
import {
  allConfigurations,
  type Configuration,
  faultWorkers,
  hardest,
} from '../results/derived/configurations.js';
import { type OutcomeShares, outcomeShares } from '../results/derived/outcome-shares.js';
import { NO_FAULT } from '../vocabulary/faults.js';
import type { Outcome } from '../vocabulary/outcomes.js';
import { WORKLOADS } from '../vocabulary/workloads.js';
import { LEAST_SEEN, PERCENT } from './parts/axis.js';
import { figure, MissingData, type Plot, type Queryable, type Spec } from './parts/figure.js';
import { shown } from './parts/layers.js';
import { ROWS, rowName, rowNames } from './parts/loads.js';
import { capital, lossWords, number, round, severityWords, shareWords, trialsWords } from './parts/words.js';

interface Row extends OutcomeShares {
  label: string;
  group: string;
  trials: number;
}

interface Answer {
  setting: Setting;
  rows: Row[];
}

const KINDS = [
  'succeeded',
  'locked',
  'no leader',
  'failed otherwise',
  'nobody can tell',
  'run ended first',
] as const;
type Kind = (typeof KINDS)[number];
const COLOURS = ['$ok', '$fail', '$second', '$unknown', '$ink', '$ended'];

export default figure<Answer>({
  name: 'errors',
  ofClient: 'client-outcomes',
  order: 160,
  title: 'What became of every operation',
  question: 'What becomes of every read and write, and for what reason do some fail?',
  query: ask,
  spec,
  short: ({ rows }) => {
    const hidden = sidesOf(rows).some(({ title }) => title === 'Reads')
      ? ''
      : leastOk(rows, 'query', 'reads');
    return `Shares of operations by what became of them, for each scenario at its hardest severity; at the right, those that succeeded. ${capital(trialsWords(rows.map((row) => row.trials)))}.${hidden}`;
  },
  caption: ({ setting, rows }) => {
    const [first] = rows.filter((row) => row.op === 'exec');
    const writes = first
      ? ` In the configuration “${first.label.split('\t')[0]!}”, ${shareWords(okShare(first))} of the writes succeeded and ${shareWords(shareOf(first, 'locked'))} failed as locked.`
      : '';
    return (
      `Shares of operations by what became of them, of each scenario at its hardest severity; numbers at the right are the shares that succeeded. What most became in every row is not drawn.${writes}${leastOk(rows, 'query', 'reads')} ` +
      `Shares are means over trials, ${trialsWords(rows.map((row) => row.trials))}, of ${number(rows.reduce((sum, row) => sum + row.operations, 0))} operations in all. (${capital(placeWords(setting))}.)`
    );
  },
});

/** Of how many reads or writes it is known that they succeeded, in every scenario. */
function leastOk(rows: readonly Row[], op: string, what: string): string {
  const mine = rows.filter((row) => row.op === op);
  if (mine.length === 0) return '';
  const least = shareWords(Math.min(...mine.map(okShare))).replace('> ', 'more than ');
  return ` In every scenario ${/^more/.test(least) ? least : `at least ${least}`} of the ${what} succeeded.`;
}

async function ask(data: Queryable): Promise<Answer> {
  const all = await allConfigurations(data);
  const baselines = all.filter((one) => one.fault === NO_FAULT);
  const most = Math.max(...baselines.map((one) => one.workers));
  const workers = all.some((one) => one.fault !== NO_FAULT) ? await faultWorkers(data) : new Map();
  const [usual = most] = workers.values();
  const chosen = hardestOfEach(all.filter((one) => one.workers === (workers.get(one.workload) ?? usual)));
  if (chosen.length === 0) throw new MissingData('no usable run');
  const found = await outcomeShares(data, chosen);
  const rows = chosen.flatMap((one, i) =>
    found[i]!.map((row) => ({
      ...row,
      label: rowName(label(one), WORKLOADS[one.workload].label),
      group: WORKLOADS[one.workload].label,
      trials: one.trials.length,
    })),
  );
  return { setting: await mainSetting(data), rows };
}

/** Of each scenario the hardest severity. */
function hardestOfEach(all: readonly Configuration[]): Configuration[] {
  return [...groupBy(all, (one) => `${one.workload}\n${one.scenario}`).values()].map(
    (group) => hardest(group)!,
  );
}

/** Where no row of a plot differs by more, it has nothing to show. */
const SAME = 0.001;

function spec({ rows }: Answer): Spec {
  const ordered = byEffect(rows);
  const labels = rowNames(ordered);
  const sides = sidesOf(ordered);
  const colours = KINDS.filter((kind) => sides.some((side) => side.bars.some((bar) => bar.kind === kind)));
  const plot = (side: Side): Plot => ({
    height: { step: 16 },
    title: { text: side.title, fontSize: 9.5, offset: 6 },
    encoding: {
      y: {
        field: 'label',
        type: 'nominal',
        title: null,
        scale: { domain: labels },
        axis: ROWS,
      },
    },
    layer: shown([
      {
        data: { values: side.bars },
        mark: { type: 'bar', height: { band: 0.66 } },
        encoding: {
          x: {
            field: 'start',
            type: 'quantitative',
            title: [
              `Share of ${side.title.toLowerCase()}`,
              ...(side.rest ? [`(the rest: ${side.rest})`] : []),
            ],
            axis: { labelExpr: PERCENT, tickCount: 3 },
            scale: { domainMin: 0, domainMax: side.edge, nice: false },
          },
          x2: { field: 'end' },
          color: {
            field: 'kind',
            type: 'nominal',
            scale: { domain: colours, range: colours.map((kind) => COLOURS[KINDS.indexOf(kind)]!) },
            legend: { title: null, symbolType: 'square', columns: 1 },
          },
        },
      },
      {
        data: { values: side.rows.map((row) => ({ label: row.label, text: shareWords(okShare(row)) })) },
        mark: { type: 'text', align: 'left', dx: 5, fontSize: 8, color: '$muted' },
        encoding: { x: { value: 'width' }, text: { field: 'text' } },
      },
      {
        data: { values: [{ heading: ['succeeded'] }] },
        mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 5, fontSize: 8, color: '$muted' },
        encoding: { x: { value: 'width' }, y: { value: -2 }, text: { field: 'heading' } },
      },
    ]),
  });
  return {
    spacing: 12,
    // names beside each, since two plots beside each other would leave no room for the bars
    vconcat: sides.map(plot),
    resolve: { scale: { color: 'shared' } },
  };
}

interface Side {
  title: string;
  rows: Row[];
  /** What most became, where that is the same in all rows: it is not drawn, so that one sees what differs. */
  rest: Kind | null;
  bars: { label: string; kind: Kind; start: number; end: number }[];
  /** Where the axis ends. */
  edge: number;
}

/** Reads and writes, those that differ among the rows; writes alone where none do. */
function sidesOf(rows: readonly Row[]): Side[] {
  const sides = [sideOf(rows, 'query', 'Reads'), sideOf(rows, 'exec', 'Writes')].flatMap(
    (side) => side ?? [],
  );
  const telling = sides.filter(({ rest, edge }) => rest === null || edge > SAME);
  return telling.length > 0 ? telling : sides.slice(-1);
}

function sideOf(all: readonly Row[], op: string, title: string): Side | undefined {
  const rows = all.filter((row) => row.op === op);
  if (rows.length === 0) return undefined;
  const rest = KINDS.find((kind) => rows.every((row) => shareOf(row, kind) > 0.5)) ?? null;
  const drawn = KINDS.filter((kind) => kind !== rest);
  const sum = (row: Row) => drawn.reduce((total, kind) => total + shareOf(row, kind), 0);
  const edge = rest === null ? 1 : Math.max(1.05 * Math.max(...rows.map(sum)), 1e-6);
  const seen = drawn.filter((kind) => rows.some((row) => shareOf(row, kind) > LEAST_SEEN * edge));
  const bars = rows.flatMap((row) => {
    let end = 0;
    return seen.flatMap((kind) => {
      const start = end;
      end += shareOf(row, kind);
      return end > start ? [{ label: row.label, kind, start: round(start), end: round(end) }] : [];
    });
  });
  return { title, rows, rest, bars, edge: round(edge) };
}

/** In each group the baseline, and then what leaves the fewest writes. */
function byEffect(rows: readonly Row[]): Row[] {
  const least = (group: readonly Row[]) => Math.min(...group.map(okShare));
  const isBaseline = (group: readonly Row[]) => Number(group[0]!.label.startsWith('Baseline'));
  return [...groupBy(rows, (row) => row.group).values()].flatMap((group) =>
    [...groupBy(group, (row) => row.label).values()]
      .sort((a, b) => isBaseline(b) - isBaseline(a) || least(a) - least(b))
      .flat(),
  );
}

function shareOf(row: OutcomeShares, kind: Kind): number {
  const mine = row.shares.filter((one) => kindOf(one.outcome, one.error_class) === kind);
  return mine.reduce((sum, one) => sum + one.share.value, 0);
}

function okShare(row: OutcomeShares): number {
  return shareOf(row, 'succeeded');
}

function kindOf(outcome: Outcome, error_class: string): Kind {
  if (outcome === 'ok') return 'succeeded';
  if (outcome === 'indeterminate') return 'nobody can tell';
  if (outcome === 'censored') return 'run ended first';
  if (error_class === 'locked') return 'locked';
  return error_class === 'no_leader' ? 'no leader' : 'failed otherwise';
}

function label(one: Configuration): string {
  if (one.fault === NO_FAULT) return `Baseline, ${one.workers} workers`;
  return [lossWords(one), severityWords(one), one.target_role].filter(Boolean).join(', ');
}
