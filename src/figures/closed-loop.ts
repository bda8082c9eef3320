import type { ClientLatency } from '../results/derived/client-latency.js';
import { type LoopPair, loopPairs } from '../results/derived/closed-loop.js';
import { PERCENT, powersOfTen } from './parts/axis.js';
import { clientLabels } from './parts/client-words.js';
import { figure, type Plot, type Spec } from './parts/figure.js';
import { capital, number, round, trialsWords } from './parts/words.js';

const LOOPS = { open: 'open loop', closed: 'closed loop' } as const;
const SLOW_MS = 1000;

export default figure<LoopPair[]>({
  name: 'closed-loop',
  order: 230,
  title: 'What a closed loop hides of a fault',
  question: 'How much of a fault is hidden by clients that wait for their answers before they send again?',
  query: loopPairs,
  spec,
  short: (pairs) =>
    `Share of reads and writes under way during a fault that took no longer than so long, since they were due: in an open loop, whose operations come by a schedule, and in a closed one, which waits; ${trialsWords(countsOf(pairs))}.`,
  caption: (pairs) => {
    const words = pairs.map(
      ({ open, closed }) =>
        `${faultOf(open[0]!)}: ${slow(open)} of ${number(readsOf(open))} in the open loop, ${slow(closed)} of ${number(readsOf(closed))} in the closed one`,
    );
    return (
      `Share of the operations that were under way during a fault and succeeded, by how long they took since they were due: in an open loop, whose operations come by a schedule, and in a closed one of the same connections. Those that did not succeed are not in it. ` +
      `Of the reads took longer than 1 s: ${words.join('; ')}. Lines join the geometric means of percentiles over trials (${trialsWords(countsOf(pairs))}).`
    );
  },
});

function countsOf(pairs: readonly LoopPair[]): number[] {
  return pairs.flatMap(({ open, closed }) => [open[0]!.trials.length, closed[0]!.trials.length]);
}

function readsOf(rows: readonly ClientLatency[]): number {
  return rows.find(({ kind }) => kind === 'read')?.operations ?? 0;
}

/** The share of reads that took longer than a second, as far as the kept percentiles tell. */
function slow(rows: readonly ClientLatency[]): string {
  const reads = rows.filter(({ kind }) => kind === 'read').toSorted((a, b) => a.share - b.share);
  const quick = reads.filter(({ time_ms }) => time_ms.value <= SLOW_MS).at(-1)?.share ?? 0;
  const first = reads.find(({ time_ms }) => time_ms.value > SLOW_MS);
  if (!first) return 'none';
  return `${number(100 * (1 - first.share))} to ${number(100 * (1 - quick))} %`;
}

function faultOf(one: ClientLatency): string {
  return clientLabels([one])({ ...one, arrivals: 'open' })
    .split('\n')
    .join(', ');
}

function spec(pairs: LoopPair[]): Spec {
  const ticks = powersOfTen(
    pairs.flatMap(({ open, closed }) => [...open, ...closed].map((one) => one.time_ms.value)),
  );
  const plot = (pair: LoopPair, i: number): Plot => {
    const last = i === pairs.length - 1;
    const lines = (['open', 'closed'] as const).flatMap((loop) =>
      pair[loop].map((one) => ({
        loop: LOOPS[loop],
        kind: capital(`${one.kind}s`),
        share: one.share,
        ms: round(one.time_ms.value),
      })),
    );
    return {
      height: 90,
      title: { text: faultOf(pair.open[0]!), anchor: 'start', fontSize: 9, fontWeight: 'normal', offset: 3 },
      data: { values: lines },
      mark: { type: 'line', strokeWidth: 1.4, interpolate: 'monotone' },
      encoding: {
        x: {
          field: 'ms',
          type: 'quantitative',
          title: last ? 'Time since they were due (ms, logarithmic)' : null,
          scale: { type: 'log', domainMin: ticks[0]!, domainMax: ticks.at(-1)! },
          axis: { values: ticks, format: ',~g', labels: last, labelOverlap: true },
        },
        y: {
          field: 'share',
          type: 'quantitative',
          title: i === 0 ? 'Share of operations that took no longer' : null,
          axis: { tickCount: 2, labelExpr: PERCENT },
        },
        order: { field: 'share' },
        color: {
          field: 'loop',
          type: 'nominal',
          scale: { domain: Object.values(LOOPS), range: ['$published', '$strong'] },
          legend: { title: null, symbolType: 'stroke', symbolSize: 150 },
        },
        strokeDash: {
          field: 'kind',
          type: 'nominal',
          scale: { domain: ['Reads', 'Writes'], range: [[], [4, 2]] },
          legend: { title: null, symbolType: 'stroke', symbolSize: 150 },
        },
      },
    };
  };
  return {
    spacing: 12,
    vconcat: pairs.map(plot),
    resolve: { scale: { color: 'shared', strokeDash: 'shared' } },
  };
}
