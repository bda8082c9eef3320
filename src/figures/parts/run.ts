import { counted } from '../../common/counted.js';
import type { Mark, OneRun } from '../../results/runs/run.js';
import { FIRST_LEADER_MS } from '../../vocabulary/events.js';
import { DASHED_TICK_SHAPE, TICK_SHAPE } from './axis.js';
import type { Layer, Plot } from './figure.js';
import { shown } from './layers.js';
import { markKey } from './mark-key.js';
import { faultWords, round, severityWords } from './words.js';

/** The x axis of a plot over a run; only the lowest plot of several has a title. */
export function secondsAxis(run: OneRun, lowest: boolean) {
  return {
    type: 'quantitative' as const,
    title: lowest ? 'Time since the workload started (s)' : null,
    axis: { labels: lowest, grid: false, tickCount: 6 },
    scale: { domain: [0, run.duration_s], nice: false, clamp: true },
  };
}

/** The fault's window as a shade, and changes of leader as rules, to lie behind a plot over a run; {@link strip} names them, and the lowest plot has the legend of the rules. */
export function happenings(run: OneRun, lowest: boolean): Layer[] {
  const x = { ...secondsAxis(run, lowest), field: 'from' };
  const changes = leaderChanges(run).map((mark) => ({ from: round(mark.time_s), to: leaderAfter(mark) }));
  const lost = changes.filter(({ to }) => to === NO_LEADER);
  const found = changes.filter(({ to }) => to !== NO_LEADER);
  const rule = (values: readonly object[], color: string, strokeDash: number[]): Layer => ({
    data: { values: [...values] },
    mark: { type: 'rule', color, strokeDash, strokeWidth: 1 },
    encoding: { x },
  });
  return shown([
    {
      data: { values: run.window ? [{ from: round(run.window.from_s), to: round(run.window.to_s) }] : [] },
      mark: { type: 'rect', color: '$window' },
      encoding: { x, x2: { field: 'to' } },
    },
    rule(lost, '$published', [2, 2]),
    rule(found, '$ink', []),
    ...(lowest && changes.length > 0
      ? [markKey([...(lost.length > 0 ? [LOST] : []), ...(found.length > 0 ? [FOUND] : [])])]
      : []),
  ]);
}

const LOST = { name: 'no leader', shape: DASHED_TICK_SHAPE, fill: '$published' };
const FOUND = { name: 'new leader', shape: TICK_SHAPE, fill: '$ink' };

const NO_LEADER = 'none';
/** A letter of a label, and a plot over a run in a column, in px. */
const [LETTER, COLUMN] = [4.9, 235];

interface Segment {
  row: 'Fault' | 'Leader';
  from: number;
  to: number;
  text: string;
  colour: string;
}

/** What happened meanwhile, for above the plots over a run: the fault, and who led, with names where there is room. */
export function strip(run: OneRun): Plot {
  const segments = segmentsOf(run);
  if (segments.length === 0) throw new Error(`run ${run.run_id} knows neither a fault nor a leader`);
  const px = (seconds: number) => (seconds / run.duration_s) * COLUMN;
  const fits = (one: Segment) => one.text.length * LETTER + 4 < px(one.to - one.from);
  const labels = segments.flatMap((one) => {
    if (fits(one)) return [{ ...one, at: round((one.from + one.to) / 2), align: 'center' }];
    if (one.row === 'Leader') return [];
    // beside the fault, on the side that has room
    const after = px(run.duration_s - one.to) > px(one.from);
    return [{ ...one, at: after ? one.to : one.from, align: after ? 'left' : 'right' }];
  });
  const x = secondsAxis(run, false);
  const y = {
    field: 'row',
    type: 'nominal',
    title: null,
    sort: null,
    axis: { labels: true, ticks: false, domain: false, grid: false },
  } as const;
  const aligned = (align: 'left' | 'center' | 'right'): Layer => ({
    data: { values: labels.filter((one) => one.align === align) },
    mark: { type: 'text', align, dx: { left: 4, center: 0, right: -4 }[align], fontSize: 8.5 },
    encoding: { x: { ...x, field: 'at' }, y, text: { field: 'text' } },
  });
  return {
    height: { step: 15 },
    layer: shown([
      {
        data: { values: segments },
        mark: { type: 'bar', height: { band: 0.86 }, stroke: '$paper', strokeWidth: 1 },
        encoding: {
          x: { ...x, field: 'from' },
          x2: { field: 'to' },
          y,
          color: { field: 'colour', type: 'nominal', scale: null },
        },
      },
      ...(['left', 'center', 'right'] as const).map(aligned),
    ]),
  };
}

/** Whether there is something for {@link strip} to show. */
export function hasStrip(run: OneRun): boolean {
  return segmentsOf(run).length > 0;
}

function segmentsOf(run: OneRun): Segment[] {
  const { window, duration_s: end } = run;
  const fault: Segment[] = window
    ? [
        {
          row: 'Fault',
          from: round(window.from_s),
          to: round(window.to_s),
          text: [faultWords(run.fault), severityWords(run), run.target_node].filter(Boolean).join(', '),
          colour: '$window',
        },
      ]
    : [];
  const first = firstLeader(run);
  const marks = [...(first ? [{ ...first, time_s: 0 }] : []), ...leaderChanges(run)];
  const leaders = marks.map((mark, i): Segment => {
    const text = leaderAfter(mark);
    return {
      row: 'Leader',
      from: round(mark.time_s),
      to: round(marks[i + 1]?.time_s ?? end),
      text,
      colour: text === NO_LEADER ? '$none' : '$neutral',
    };
  });
  return [...fault, ...leaders];
}

/** Who leads from a change on: a node, or none. */
export function leaderAfter({ node }: Mark): string {
  return node || NO_LEADER;
}

/** For a caption: `no leader from 7.9 s, raft2 from 12.9 s`; empty where nothing changed. */
export function leaderWords(run: OneRun): string {
  return leaderChanges(run)
    .map((mark) => {
      const leader = leaderAfter(mark);
      return `${leader === NO_LEADER ? 'no leader' : leader} from ${mark.time_s.toFixed(1)} s`;
    })
    .join(', ');
}

/** When it was first seen who led at the start of the workload; undefined where nobody was seen to. */
export function firstLeader({ marks }: OneRun): Mark | undefined {
  const changes = marks.filter(({ event }) => event === 'leader_changed');
  const before = changes.findLast(({ time_s }) => time_s <= 0);
  if (before?.node) return before;
  const soon = ({ time_s, node }: Mark) => node && time_s > 0 && time_s * 1000 <= FIRST_LEADER_MS;
  return changes.find(soon) ?? before;
}

/** The leader's changes during the workload. */
export function leaderChanges(run: OneRun): Mark[] {
  const first = firstLeader(run);
  return run.marks.filter(
    (one) =>
      one.event === 'leader_changed' && one !== first && one.time_s > 0 && one.time_s <= run.duration_s,
  );
}

/** `Crash of the leader (raft1) from 10.0 s to the end`. */
export function happeningWords(run: OneRun): string {
  if (!run.window) return 'No fault';
  const severity = severityWords(run);
  const node = run.target_node ? ` (${run.target_node})` : '';
  const until = run.window.to_s >= run.duration_s ? 'the end' : `${run.window.to_s.toFixed(1)} s`;
  const what = `${faultWords(run.fault)}${severity && `, ${severity},`} of the ${run.target_role}${node}`;
  return `${what} from ${run.window.from_s.toFixed(1)} s to ${until}`;
}

/** {@link happeningWords} with the run's name, trial and workers. */
export function runWords(run: OneRun): string {
  return `${happeningWords(run)} (run ${run.run_id}, trial ${run.trial}, ${counted(run.workers, 'worker')})`;
}
