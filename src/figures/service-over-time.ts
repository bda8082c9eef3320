import { type ServiceOverTime, servedShare, serviceOverTime } from '../results/derived/client-service.js';
import { NO_FAULT } from '../vocabulary/faults.js';
import { clientLabels, loadWords, plotTitle } from './parts/client-words.js';
import { figure, MissingData, type Plot, type Spec } from './parts/figure.js';
import { shown } from './parts/layers.js';
import { fittedHeight } from './parts/page.js';
import { number, round, trialsWords } from './parts/words.js';

/** What the operations of a second came to, from the best to the worst. */
const FATES = {
  served: 'within 1 s',
  late: 'later',
  lost: 'not, or unknown',
} as const;
type Fate = keyof typeof FATES;
const ALL = Object.keys(FATES) as Fate[];
const FATE_COLOURS = { served: '$ok', late: '$unknown', lost: '$fail' } as const satisfies Record<
  Fate,
  string
>;
const MOST_ROWS = 8;

export default figure<ServiceOverTime[]>({
  name: 'service-over-time',
  order: 200,
  title: 'What clients get while a fault lasts',
  question: 'How much of what is due is served before, during and after a fault?',
  query: async (data) => {
    const all = (await serviceOverTime(data)).filter((one) => one.fault !== NO_FAULT);
    if (all.length === 0) throw new MissingData('no usable run with the client, an open loop and a fault');
    return all;
  },
  spec: (all) => spec(drawn(all)),
  short: (all) =>
    `Operations by the second in which they were due, means over trials (${trialsWords(drawn(all).map((one) => one.trials.length))}): those that succeeded within 1 s, later, or not at all. The black bar is the fault.`,
  caption: (all) => {
    const labelOf = clientLabels(all);
    const shares = (groups: readonly ServiceOverTime[]) =>
      groups
        .map((one) => `${labelOf(one).replace('\n', ', ')}: ${number(100 * servedShare(one))} %`)
        .join('; ');
    const groups = drawn(all);
    const others = all.filter((one) => !groups.includes(one));
    return (
      `Operations a second by when they were due, over trials: those that succeeded within 1 s, later, or not at all; the black bar above them is the fault. ` +
      `Of what was due during the fault succeeded within 1 s: ${shares(groups)}. ${others.length > 0 ? `Not drawn, since they cost less: ${shares(others)}. ` : ''}${loadWords(groups)}`
    );
  },
});

/** Those that are drawn, the short ones first. */
function drawn(all: readonly ServiceOverTime[]): ServiceOverTime[] {
  const chosen = worst(all);
  return chosen.toSorted((a, b) => axisLength(a, chosen) - axisLength(b, chosen));
}

/** Where there are more faults than fit, those that cost most. */
function worst(all: readonly ServiceOverTime[]): ServiceOverTime[] {
  const chosen = new Set(all.toSorted((a, b) => servedShare(a) - servedShare(b)).slice(0, MOST_ROWS));
  return all.filter((one) => chosen.has(one));
}

/** The length of its axis of time, in s: panels have the same, unless some runs were more than twice as long as others. */
function axisLength({ duration_s }: ServiceOverTime, all: readonly ServiceOverTime[]): number {
  const lengths = all.map((one) => one.duration_s).sort((a, b) => a - b);
  const begins = lengths.filter((length, i) => i === 0 || length > 2 * lengths[i - 1]!);
  const next = begins.find((begin) => begin > duration_s) ?? Infinity;
  return lengths.findLast((length) => length < next)!;
}

function mostOffered({ seconds }: ServiceOverTime): number {
  return Math.max(...seconds.map(({ offered }) => offered.value));
}

/** The share of the axis that the word “fault” takes. */
const ROOM_FOR_WORD = 0.08;
/** Px that a number of four digits takes beside its axis. */
const WIDE_NUMBER = 30;
/** Px above the highest bar, for the fault and its word. */
const ABOVE = 14;

function spec(groups: ServiceOverTime[]): Spec {
  const labelOf = clientLabels(groups);
  const lengths = groups.map((one) => axisLength(one, groups));
  const highest = Math.max(...groups.map(mostOffered));
  const occurring = ALL.filter((fate) =>
    groups.some(({ seconds }) => seconds.some((second) => second[fate].value > 0)),
  );
  const height = fittedHeight(groups.length, { around: 74, between: 31, least: 20, most: 46 });
  const x = (i: number) =>
    ({
      type: 'quantitative',
      title: i === groups.length - 1 ? 'Time since the start of the workload (s)' : null,
      scale: { domainMin: 0, domainMax: lengths[i], nice: false },
      axis: { labels: lengths[i] !== lengths[i + 1], tickCount: 6 },
    }) as const;
  // where numbers are of different widths, plots and their titles still begin below each other
  const hasOwn = groups.some((one) => 2 * mostOffered(one) < highest);
  const plot = (one: ServiceOverTime, i: number): Plot => {
    const bars = one.seconds.flatMap((second) => {
      let end = 0;
      return ALL.flatMap((fate) => {
        const from = end;
        end += second[fate].value;
        return end > from
          ? [
              {
                from: second.second,
                to: second.second + 1,
                fate: FATES[fate],
                low: round(from),
                high: round(end),
              },
            ]
          : [];
      });
    });
    const window =
      one.fault_s === null ? [] : [{ from: round(one.fault_s), to: round(one.lift_s ?? one.duration_s) }];
    // rows have one scale, unless bars would be less than half as high as there is room for
    const most = 2 * mostOffered(one) < highest ? mostOffered(one) : highest;
    const px = most / (height - ABOVE);
    const line = most + (ABOVE / 2) * px;
    const early = window.some(({ from }) => from < ROOM_FOR_WORD * lengths[i]!);
    return {
      height,
      title: plotTitle(labelOf(one)),
      layer: shown([
        {
          data: { values: bars },
          mark: { type: 'rect' },
          encoding: {
            x: { ...x(i), field: 'from' },
            x2: { field: 'to' },
            y: {
              field: 'low',
              type: 'quantitative',
              title: i === 0 ? 'Operations due in a second' : null,
              scale: { domainMin: 0, domainMax: round(most + ABOVE * px), nice: false },
              axis: { tickCount: 2, format: ',~r', ...(hasOwn && { minExtent: WIDE_NUMBER }) },
            },
            y2: { field: 'high' },
            color: {
              field: 'fate',
              type: 'nominal',
              scale: {
                domain: occurring.map((fate) => FATES[fate]),
                range: occurring.map((fate) => FATE_COLOURS[fate]),
              },
              legend: { title: 'succeeded', symbolType: 'square' },
            },
          },
        },
        // above the bars, which would hide a shade
        {
          data: { values: window },
          mark: { type: 'rect', color: '$ink' },
          encoding: {
            x: { ...x(i), field: 'from' },
            x2: { field: 'to' },
            y: { datum: round(line - px) },
            y2: { datum: round(line + px) },
          },
        },
        {
          data: { values: window.map(({ from }) => ({ from, text: 'fault' })) },
          // left of the bar, or above it where there is no room for the word
          mark: early
            ? { type: 'text', align: 'left', dy: -7, fontSize: 8.5 }
            : { type: 'text', align: 'right', dx: -4, fontSize: 8.5 },
          encoding: { x: { ...x(i), field: 'from' }, y: { datum: round(line) }, text: { field: 'text' } },
        },
      ]),
    };
  };
  return { spacing: 12, vconcat: groups.map(plot), resolve: { scale: { color: 'shared' } } };
}
