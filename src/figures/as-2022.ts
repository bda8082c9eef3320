import type { FailedRuns } from '../results/derived/failures.js';
import { barsSpec, type FailedBar } from './parts/bars.js';
import { as2022, askFaults, type Chosen, type Faults, levels } from './parts/faults.js';
import { faultsCaption, shortFaultsCaption } from './parts/faults-caption.js';
import { type Figure, figure } from './parts/figure.js';
import { faultWords, severityWords } from './parts/words.js';

const THROUGHPUT = { measure: 'reads_per_s', axis: { title: 'Successful reads per second' } } as const;
const LATENCY = { measure: 'read_mean_ms', axis: { title: 'Mean read latency (ms)', format: '~g' } } as const;

/** The figures of 2022 that set faults beside a baseline, a row each. */
const ROWS: readonly (Pick<Figure, 'name' | 'order' | 'title' | 'question'> & {
  shows: typeof THROUGHPUT | typeof LATENCY;
  chosen: Chosen;
})[] = [
  {
    name: 'leader-throughput',
    order: 20,
    title: 'Read throughput with a fault on the leader',
    question: 'How many reads do clients get with a fault on the leader?',
    shows: THROUGHPUT,
    chosen: as2022('leader'),
  },
  {
    name: 'leader-latency',
    order: 30,
    title: 'Read latency with a fault on the leader',
    question: 'How long do reads take with a fault on the leader?',
    shows: LATENCY,
    chosen: as2022('leader'),
  },
  {
    name: 'follower-throughput',
    order: 40,
    title: 'Read throughput with a fault on a follower',
    question: 'How many reads do clients get with a fault on a follower?',
    shows: THROUGHPUT,
    chosen: as2022('follower'),
  },
  {
    name: 'follower-latency',
    order: 50,
    title: 'Read latency with a fault on a follower',
    question: 'How long do reads take with a fault on a follower?',
    shows: LATENCY,
    chosen: as2022('follower'),
  },
  {
    name: 'cpu-levels',
    order: 60,
    title: 'Read throughput by processes that compete for the leader’s CPU',
    question: 'How many reads do busy processes beside the leader cost, by their number?',
    shows: THROUGHPUT,
    chosen: levels('cpu-contention'),
  },
  {
    name: 'memory-levels',
    order: 70,
    title: 'Read throughput by memory limit of the leader',
    question: 'How many reads does a memory limit of the leader cost, by the limit?',
    shows: THROUGHPUT,
    chosen: levels('memory-limit'),
  },
];

export default ROWS.map(({ shows: { measure, axis }, chosen, ...words }) =>
  figure<Faults>({
    ...words,
    ofClient: 'client-impact',
    file: 'as-2022',
    query: (data) => askFaults(data, words.name, measure, chosen, words.name.endsWith('-levels') ? 2 : 1),
    spec: ({ bars, failed }) => barsSpec(bars, failed.map(failedBar), axis),
    short: shortFaultsCaption,
    caption: faultsCaption,
  }),
);

function failedBar(one: FailedRuns): FailedBar {
  return {
    label: `${faultWords(one.fault)}\n${severityWords(one)}`.trim(),
    words: one.runs === 1 ? 'its run failed' : `all ${one.runs} runs failed`,
  };
}
