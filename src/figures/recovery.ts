import {
  PHASES,
  type Phase,
  type PhaseTimes,
  type Recovery,
  recoveries,
  tookTheLeader,
} from '../results/derived/recovery.js';
import { PERCENT } from './parts/axis.js';
import { clientLabels, loadWords, plotTitle } from './parts/client-words.js';
import { figure, MissingData, type Plot, type Spec } from './parts/figure.js';
import { shown } from './parts/layers.js';
import { markKey } from './parts/mark-key.js';
import { fittedHeight, onAPage } from './parts/page.js';
import { waitWords } from './parts/wait-words.js';
import { round, trialsWords } from './parts/words.js';

/** Beyond so many s a linear axis would leave nothing to see of the steps that take some seconds. */
const LONG_S = 120;
const LONG_TICKS = [0, 1, 5, 15, 60, 300, 900];

/** Px of a plot, where there are few of them. */
const HEIGHT = 54;

const PHASE_COLOURS = ['$line', '$second', '$strong', '$published', '$third'];
const CROSS = { name: 'the fault was lifted, or the run ended, before', shape: 'cross', fill: '$muted' };
/** Of the crosses, in px²: those of later steps are smaller, so that several at one place are seen. */
const CROSSES = [150, 120, 90, 60, 30];

export default figure<Recovery[]>({
  name: 'recovery',
  order: 220,
  title: 'From the loss of the leader to service again, step by step',
  question:
    'How long after the fault is there a new leader, and how long after that are clients served again?',
  query: async (data) => {
    const all = await recoveries(data);
    if (!all.some(tookTheLeader))
      throw new MissingData('in no usable run with the client was the leader lost');
    onAPage(all.filter(tookTheLeader), ({ trials }) => trials);
    return all;
  },
  spec: (all) => spec(all.filter(tookTheLeader)),
  short: (all) =>
    `Share of trials in which each step of the recovery had come by a time after the fault (Kaplan–Meier; ${trialsWords(all.filter(tookTheLeader).map((one) => one.trials.length))}). At a cross a trial ended, or its fault was lifted, before the step had come.`,
  caption: (all) => {
    const groups = all.filter(tookTheLeader);
    const nameOf = namesOf(groups);
    const kept = all.filter((one) => !tookTheLeader(one)).map(namesOf(all));
    const words = groups.map((one) => {
      const phases = one.phases
        .filter(({ phase }) => phase === 'new_leader_s' || phase === 'first_write_s')
        .map((phase) => `${PHASES[phase.phase]} ${waitWords(phase)}`);
      return `${nameOf(one)}: ${phases.join(', ')}`;
    });
    return (
      `Share of trials in which a step of the recovery had come by a time after the fault (one minus the Kaplan–Meier estimate); crosses are trials in which it had not come when the fault was lifted or the run ended, so that it took longer. ` +
      `“Service back” is the end of the last second in which less than 90 % of what was due succeeded within 1 s. ${words.join('; ')}; “≥” is where it was censored. ${kept.length > 0 ? `Not drawn, since the leader was never lost: ${kept.join('; ')}. ` : ''}${loadWords(groups)}`
    );
  },
});

/** The labels, in one line. */
function namesOf(all: readonly Recovery[]): (one: Recovery) => string {
  const labelOf = clientLabels(all);
  return (one) => labelOf(one).replace('\n', ', ');
}

function spec(groups: Recovery[]): Spec {
  const longest = Math.max(
    ...groups.flatMap(({ phases }) => phases.flatMap(({ waits }) => waits.map(({ time }) => time))),
  );
  const long = longest > LONG_S;
  const labelOf = clientLabels(groups);
  const names = Object.values(PHASES);
  const height = fittedHeight(groups.length, { around: 86, between: 29, least: 18, most: HEIGHT });
  const key = groups.some(({ phases }) => phases.some((one) => censored(one).length > 0))
    ? [markKey([CROSS])]
    : [];
  const plot = (one: Recovery, i: number): Plot => {
    const last = i === groups.length - 1;
    const x = {
      field: 'time',
      type: 'quantitative',
      title: last ? `Time since the fault (s${long ? ', logarithmic beyond the first' : ''})` : null,
      scale: { domainMin: 0, domainMax: Math.ceil(longest), nice: false, type: long ? 'symlog' : 'linear' },
      axis: { labels: last, ...(long ? { values: LONG_TICKS } : { tickCount: 6 }) },
    } as const;
    const y = {
      field: 'share',
      type: 'quantitative',
      title: i === 0 ? 'Share of trials' : null,
      scale: { domainMin: 0, domainMax: 1, nice: false },
      axis: { values: height < HEIGHT ? [0, 1] : [0, 0.5, 1], labelExpr: PERCENT },
    } as const;
    const color = {
      field: 'phase',
      type: 'nominal',
      scale: { domain: names, range: PHASE_COLOURS },
      legend: { title: null, symbolType: 'stroke', symbolSize: 150, columns: 3 },
    } as const;
    const end = Math.ceil(longest);
    return {
      height,
      title: plotTitle(labelOf(one)),
      layer: shown([
        ...key,
        {
          data: { values: one.phases.flatMap((phase) => stairs(phase, end)) },
          mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.5 },
          encoding: { x, y, color },
        },
        {
          data: { values: one.phases.flatMap(censored) },
          mark: { type: 'point', shape: 'cross', filled: true, opacity: 1 },
          encoding: { x, y, color, size: { field: 'size', type: 'quantitative', scale: null } },
        },
      ]),
    };
  };
  return { spacing: 8, vconcat: groups.map(plot), resolve: { scale: { color: 'shared' } } };
}

function stairs({ phase, steps, waits }: PhaseTimes, end: number) {
  if (steps.length === 0) return [];
  const until = steps.at(-1)!.share >= 1 ? end : Math.max(...waits.map(({ time }) => time));
  return [{ time: 0, share: 0 }, ...steps, { time: until, share: steps.at(-1)!.share }].map(
    ({ time, share }) => ({
      phase: PHASES[phase],
      time: round(time),
      share: round(share),
    }),
  );
}

function censored({ phase, steps, waits }: PhaseTimes) {
  // a leader that was never lost, or that handed its role over, is not one that was lost later
  if (phase === 'leader_lost_s') return [];
  return waits
    .filter((wait) => wait.censored)
    .map(({ time }) => ({
      phase: PHASES[phase],
      time: round(time),
      share: round(steps.findLast((step) => step.time <= time)?.share ?? 0),
      size: CROSSES[(Object.keys(PHASES) as Phase[]).indexOf(phase)],
    }));
}
