import { groupBy } from '../common/group.js';
import type { Queryable } from '../results/core/query.js';
import { type VerdictCount, verdictCounts } from '../results/derived/verdict-counts.js';
import { EXPECTED_MODEL } from '../vocabulary/models.js';
import { markdown } from './markdown.js';

/** The verdicts on the histories of the client: a row for each scenario, a column for each release and workload. */
export async function verdictsTable(data: Queryable): Promise<string> {
  const counts = await verdictCounts(data);
  const columns = [...groupBy(counts, columnOf).keys()];
  const rows = [...groupBy(counts, ({ scenario }) => scenario)].map(([scenario, same]) => [
    scenario,
    ...columns.map((column) => cell(same.find((one) => columnOf(one) === column))),
    remarks(same) || '–',
  ]);
  return markdown(
    ['scenario', ...columns, 'remarks'],
    rows.toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
  );
}

function columnOf({ release, workload }: VerdictCount): string {
  return `${release}, ${workload}`;
}

const VERDICTS = ['valid', 'invalid', 'unknown', 'untested', 'failed'] as const;

function cell(one: VerdictCount | undefined): string {
  if (!one) return 'not run';
  return VERDICTS.filter((verdict) => one[verdict] > 0)
    .map((verdict) => `${one[verdict]} ${verdict}`)
    .join(', ');
}

/** What was expected where it is not the usual, what is wrong, and why nothing can be said. */
function remarks(same: readonly VerdictCount[]): string {
  const expected = same.map((one) => one.expected).filter((model) => model !== EXPECTED_MODEL);
  const why = same.flatMap((one) => one.why);
  return [...new Set([...expected.map((model) => `expects ${model}`), ...why])].join('; ');
}
