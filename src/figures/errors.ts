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
import type { WorkloadName } from '../vocabulary/workloads.js';
import { figure, MissingData, type Plot, type Queryable, type Spec } from './parts/figure.js';
import { ROWS, rowName, rowNames } from './parts/loads.js';
import { capital, lossWords, number, round, severityWords, shareWords, trialsWords } from './parts/words.js';

interface Row extends OutcomeShares {
  label: string;
  workload: WorkloadName;
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
  claim:
    'Most writes of concurrent workers fail as locked, with and without a fault; reads hardly ever fail.',
  query: ask,
  spec,
  short: ({ rows }) =>
    `Shares of writes by what became of them, for each scenario at its hardest severity; at the right the shares that succeeded. Means over trials (${trialsWords(rows.map((row) => row.trials))}).`,
  caption: ({ setting, rows }) => {
    const [first] = rows.filter((row) => row.op === 'exec');
    const writes = first
      ? ` In the configuration “${first.label.split('\t')[0]!.replace('\n', ', ')}”, ${shareWords(okShare(first))} of the writes succeeded and ${shareWords(shareOf(first, 'locked'))} failed as locked.`
      : '';
    return (
      `Shares of reads and writes by what became of them, of each scenario at its hardest severity; numbers at the right are the shares that succeeded.${writes} ` +
      `Shares are means over trials, ${trialsWords(rows.map((row) => row.trials))}, of ${number(rows.reduce((sum, row) => sum + row.operations, 0))} operations in all. (${capital(placeWords(setting))}.)`
    );
  },
});

async function ask(data: Queryable): Promise<Answer> {
  const all = await allConfigurations(data);
  const baselines = all.filter((one) => one.fault === NO_FAULT);
  const most = all.some((one) => one.fault !== NO_FAULT)
    ? await faultWorkers(data)
    : Math.max(...baselines.map((one) => one.workers));
  const chosen = hardestOfEach(all.filter((one) => one.workers === most));
  if (chosen.length === 0) throw new MissingData('no usable run');
  const found = await outcomeShares(data, chosen);
  const rows = chosen.flatMap((one, i) =>
    found[i]!.map((row) => ({
      ...row,
      label: rowName(label(one), one.workload),
      workload: one.workload,
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

function spec({ rows }: Answer): Spec {
  const labels = rowNames(rows);
  const bars = rows.flatMap((row) => {
    let end = 0;
    return KINDS.flatMap((kind) => {
      const start = end;
      end += shareOf(row, kind);
      return end > start
        ? [{ label: row.label, op: row.op, kind, start: round(start), end: round(end) }]
        : [];
    });
  });
  const sums = rows.map((row) => ({ label: row.label, op: row.op, text: shareWords(okShare(row)) }));
  const used = KINDS.filter((kind) => bars.some((bar) => bar.kind === kind));
  const plot = (op: string, title: string, first: boolean): Plot => ({
    height: { step: 23 },
    title: { text: title, fontSize: 9.5, offset: 6 },
    encoding: {
      y: {
        field: 'label',
        type: 'nominal',
        title: null,
        scale: { domain: labels },
        axis: first ? ROWS : null,
      },
    },
    layer: [
      {
        data: { values: bars.filter((bar) => bar.op === op) },
        mark: { type: 'bar', height: { band: 0.6 }, stroke: '$paper', strokeWidth: 0.5 },
        encoding: {
          x: {
            field: 'start',
            type: 'quantitative',
            title: 'Share',
            axis: { format: '.0%', values: [0, 0.5, 1] },
            scale: { domain: [0, 1] },
          },
          x2: { field: 'end' },
          color: {
            field: 'kind',
            type: 'nominal',
            scale: { domain: used, range: used.map((kind) => COLOURS[KINDS.indexOf(kind)]!) },
            legend: { title: null, symbolType: 'square', columns: 2 },
          },
        },
      },
      {
        data: { values: sums.filter((sum) => sum.op === op) },
        mark: { type: 'text', align: 'left', dx: 5, fontSize: 8, color: '$muted' },
        encoding: { x: { value: 'width' }, text: { field: 'text' } },
      },
    ],
  });
  return {
    usermeta: { across: 2 },
    spacing: 6,
    hconcat: [plot('query', 'Reads', true), plot('exec', 'Writes', false)],
    resolve: { scale: { color: 'shared' } },
  };
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
  if (one.fault === NO_FAULT) return `Baseline\n${one.workers} workers`;
  const severity = severityWords(one);
  return `${lossWords(one)}\n${[severity, one.target_role].filter(Boolean).join(', ')}`;
}
