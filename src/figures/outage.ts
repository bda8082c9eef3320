import type { Waits } from '../results/core/waits.js';
import { type OutageGroup, outageGroups } from '../results/outages.js';
import { figure, type Spec } from './parts/figure.js';
import { shown } from './parts/layers.js';
import { markKey } from './parts/mark-key.js';
import { waitWords } from './parts/wait-words.js';
import { lossWords, round, trialsWords } from './parts/words.js';

/** How high a step to all trials is, of a row. */
const RISE = 0.68;
const FOOT = 0.86;
/** A share from which on what stands above it would be on the line of another that reached all. */
const HIGH = 0.55;
/** So many seconds before a triangle, a label would meet that of the triangle. */
const CLOSE = 2;

const LONGER = { name: 'longer: lifted, or ended, before', shape: 'triangle-right', fill: '$ink' };
const [SERVICE, LEADER] = ['served again', 'new leader'];

/** For each way of losing the leader a row, in which the share of trials that are served again rises with time. */
export default figure<OutageGroup[]>({
  name: 'outage',
  ofClient: 'recovery',
  order: 120,
  title: 'How long clients wait when the leader is lost',
  question: 'For how long does no operation succeed when the leader is lost, by the way in which it is lost?',
  query: (data) => outageGroups(data),
  spec,
  short: (groups) =>
    `Share of trials that were served again by a time after the leader was lost (filled), and in which a new leader was known (line); Kaplan–Meier, ${trialsWords(groups.map((one) => one.trials.length))}. Triangles: no service before the fault was lifted or the run ended.`,
  caption: (groups) => {
    const values = groups.map((one) => `${oneLine(one)}: ${waitWords(one.outage)}`);
    const censored = groups.flatMap(({ outage }) => outage.waits).filter((one) => one.censored).length;
    const bounds =
      censored > 0
        ? ` Triangles are the trials (${censored}) that had no service until the fault was lifted or the run ended: they waited longer (“≥”), nobody knows how long without that, and they count among the trials but in no step.`
        : '';
    return (
      'The outage lasts from the fault until the end of the first stretch of at least 0.25 s without a success; 0 where there is none. ' +
      `In each row, the share of trials that were served again by then rises from none to all (one minus the Kaplan–Meier estimate): each step is a round after which clients got through, as high as its share of the trials. The thin line is likewise when a new leader was known.${bounds} ` +
      `${values.join('; ')}. ${trialsWords(groups.map((one) => one.trials.length))}.${clients(groups)}${campaigns(groups)}`
    );
  },
});

function spec(groups: OutageGroup[]): Spec {
  const several = new Set(groups.map((one) => one.debian_release)).size > 1;
  const labels = groups.map((one) => labelOf(one, several));
  const longest = Math.max(
    ...groups.flatMap(({ outage, new_leader }) => [...outage.waits, ...new_leader.waits].map((w) => w.time)),
  );
  const end = longest * 1.2;
  const x = {
    field: 'time',
    type: 'quantitative',
    title: 'Time since the leader was lost (s)',
    scale: { domainMin: 0, domainMax: end, nice: false },
    axis: { tickCount: 6 },
  } as const;
  const y = {
    field: 'y',
    type: 'quantitative',
    title: null,
    scale: { domainMin: 0, domainMax: groups.length, reverse: true, nice: false },
    axis: {
      values: groups.map((_, i) => i + 0.5),
      labelExpr: `split(${JSON.stringify(labels)}[floor(datum.value)], '\\n')`,
      labelOffset: several ? -5 : 0,
      ticks: false,
      domain: false,
      grid: false,
    },
  } as const;
  const rows = (of: (one: OutageGroup) => Waits) =>
    groups.flatMap((one, row) => stairs(of(one), end).map((step) => ({ ...step, row, ...place(row, step) })));
  const served = rows(({ outage }) => outage);
  const longer = groups.flatMap((one, row) => open(one.outage, row));
  const color = {
    datum: SERVICE,
    scale: { domain: [SERVICE, LEADER], range: ['$strong', '$published'] },
    legend: { title: 'Share of trials', symbolType: 'stroke', symbolSize: 150 },
  } as const;
  const label = {
    type: 'text',
    align: 'left',
    fontSize: 7.5,
    color: '$ink',
    dy: { expr: 'datum.dy' },
  } as const;
  return {
    height: 30 * groups.length,
    layer: shown([
      {
        data: { values: groups.map((_, row) => ({ time: 0, until: end, y: row + FOOT })) },
        mark: { type: 'rule', color: '$line', strokeWidth: 0.8 },
        encoding: { x, x2: { field: 'until' }, y },
      },
      {
        data: { values: served },
        mark: { type: 'area', interpolate: 'step-after', color: '$measured', fillOpacity: 0.55 },
        encoding: { x, y, y2: { field: 'foot' }, detail: { field: 'row', type: 'nominal' } },
      },
      {
        data: { values: rows(({ new_leader }) => new_leader) },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1 },
        encoding: { x, y, detail: { field: 'row', type: 'nominal' }, color: { ...color, datum: LEADER } },
      },
      {
        data: { values: served },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.6 },
        encoding: { x, y, detail: { field: 'row', type: 'nominal' }, color },
      },
      {
        data: { values: groups.flatMap((one, row) => humps(one.outage, row)) },
        mark: { ...label, dx: 3 },
        encoding: { x, y, text: { field: 'words' } },
      },
      {
        data: { values: longer },
        mark: { type: 'point', shape: 'triangle-right', filled: true, size: 42, color: '$ink', opacity: 1 },
        encoding: { x, y },
      },
      {
        data: { values: longer },
        mark: { ...label, dx: 6 },
        encoding: { x, y, text: { field: 'words' } },
      },
      ...(longer.length > 0 ? [markKey([LONGER])] : []),
    ]),
  };
}

/** Where a share stands in a row: its foot, and as much above it. */
function place(row: number, { share }: { share: number }) {
  return { y: round(row + FOOT - RISE * share), foot: row + FOOT };
}

/** The steps from none until nobody was watched any more, or all were served. */
function stairs({ steps, waits }: Waits, end: number) {
  const last = steps.at(-1)?.share ?? 0;
  const until = last >= 1 ? end : Math.max(...waits.map(({ time }) => time));
  return [{ time: 0, share: 0 }, ...steps, { time: until, share: last }].map(({ time, share }) => ({
    time: round(time),
    share: round(share),
  }));
}

/** Below the top of each step how many trials it has, and lower still where a label of the censored ones is beside it. */
function humps({ humps: all, steps, waits }: Waits, row: number) {
  const ends = waits.filter((one) => one.censored).map(({ time }) => time);
  return all.map(({ most, trials }) => {
    const share = steps.findLast((step) => step.time <= most)!.share;
    const beside = share > HIGH && ends.some((end) => end - most < CLOSE);
    return {
      ...{ time: round(most), ...place(row, { share }) },
      ...{ words: `${trials} of ${waits.length}`, dy: beside ? 11 : 6 },
    };
  });
}

/** The censored waits, in one mark where they are at about the same time. */
function open({ steps, waits }: Waits, row: number) {
  const times = waits.filter((one) => one.censored).map(({ time }) => time);
  if (times.length === 0) return [];
  const last = times.indexOf(Math.max(...times));
  return times.map((time, i) => {
    const share = steps.findLast((step) => step.time <= time)?.share ?? 0;
    const words = i === last ? `${times.length} of ${waits.length} longer` : '';
    // above the triangle, but beside one that is high, where the line of the new leader is
    return { time: round(time), ...place(row, { share }), words, dy: share > HIGH ? 2 : -5 };
  });
}

/** In two lines where there are several versions: two releases may have the same version of dqlite. */
function labelOf(one: OutageGroup, several: boolean): string {
  const version = one.dqlite_version ? `dqlite ${one.dqlite_version.split('-')[0]}` : '';
  return several
    ? `${lossWords(one)}\n${[one.debian_release, version].filter(Boolean).join(', ')}`
    : lossWords(one);
}

function oneLine(one: OutageGroup): string {
  return [lossWords(one), one.debian_release, one.dqlite_version && `dqlite ${one.dqlite_version}`]
    .filter(Boolean)
    .join(', ');
}

/** The versions of the clients' library, where the rows differ in it: it has its own time-outs. */
function clients(groups: readonly OutageGroup[]): string {
  const versions = groups.flatMap(({ debian_release: release, go_dqlite_version: version }) =>
    release && version ? [`${version} (${release})`] : [],
  );
  const distinct = [...new Set(versions)];
  return distinct.length > 1 ? ` The clients’ library differs, too: go-dqlite ${distinct.join(', ')}.` : '';
}

function campaigns(groups: readonly OutageGroup[]): string {
  const names = [...new Set(groups.map((one) => one.campaign))];
  return names.length === 1 ? '' : ` Rows are of the campaigns ${names.join(' and ')}; none mixes two.`;
}
