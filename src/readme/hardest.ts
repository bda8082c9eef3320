import { lossWords, severityWords } from '../figures/parts/words.js';
import type { Queryable } from '../results/core/query.js';
import { impacts } from '../results/derived/impact.js';
import { markdown, withInterval } from './markdown.js';

const MOST = 12;

/** The faults that cost the most reads while they lasted; a loss of a node is in the table of outages, too. */
export async function hardestTable(data: Queryable): Promise<string> {
  const all = await impacts(data);
  const rows = all.toSorted((a, b) => a.throughput.value - b.throughput.value).slice(0, MOST);
  return markdown(
    ['fault', 'on the', 'workload', 'reads left (95 % interval)', '99th percentile, times the baseline’s'],
    rows.map((one) => [
      [lossWords(one), severityWords(one)].filter(Boolean).join(', '),
      one.target_role,
      one.workload,
      withInterval(one.throughput),
      one.p99 ? `${one.p99_at_least ? '≥ ' : ''}${withInterval(one.p99, 1)}` : '–',
    ]),
  );
}
