import { counted } from '../common/counted.js';
import { type VerdictCount, verdictCounts } from '../results/derived/verdict-counts.js';
import type { Finding } from './finding.js';
import { list } from './list.js';

/** Whether what clients read and wrote can be explained by one copy of the data. */
export const consistency: Finding = {
  name: 'consistency',
  title: 'Whether what clients saw was consistent',
  figure: null,
  asks: 'histories',
  fromBusyMachine: true,
  say: async (data) => {
    const counts = await verdictCounts(data);
    const sum = (of: (one: VerdictCount) => number) => counts.reduce((total, one) => total + of(one), 0);
    const judged = sum(({ valid, invalid, unknown }) => valid + invalid + unknown);
    const [invalid, unknown] = [sum((one) => one.invalid), sum((one) => one.unknown)];
    const weaker = counts.filter((one) => one.invalid > 0).map(wordsOf);
    const found =
      invalid === 0
        ? `In none of ${counted(judged, 'run')} did clients see anything that the model expected of it excludes`
        : `In ${invalid} of ${counted(judged, 'run')} clients saw what the model expected of it excludes: ${list(weaker)}`;
    const untested = sum((one) => one.untested);
    return {
      headline: `${found}.`,
      more: [
        ...(invalid > 0 ? ['The figure `witness` shows the operations of one of them.'] : []),
        ...(unknown > 0 ? [`Of ${unknown}, nobody can tell; the table of verdicts says why.`] : []),
        ...(untested > 0
          ? [
              `${counted(untested, 'run')} more had nothing wrong, but no measurement shows that the fault took effect.`,
            ]
          : []),
        'A history without contradiction shows none, and excludes none that no client asked for.',
      ],
    };
  },
};

function wordsOf({ release, scenario, workload, invalid, why }: VerdictCount): string {
  return `${scenario} with ${workload} on ${release} (${invalid}: ${why.join(', ')})`;
}
