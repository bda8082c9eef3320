import { counted } from '../common/counted.js';
import { textTable } from '../common/table.js';
import type { CheckedRun } from '../consistency/check-dataset.js';
import { countVerdicts } from '../results/derived/verdict-counts.js';

const COLUMNS = ['release', 'scenario', 'workload', 'expected', 'runs'] as const;
const COUNTS = ['valid', 'invalid', 'unknown', 'untested', 'why'] as const;

/** The verdicts of several runs as a table, where it is known what they are about, and which are weaker than expected. */
export function verdictSummary(all: readonly CheckedRun[]): string {
  const known = all.flatMap(({ about, verdict, expected, reason }) =>
    about === null
      ? []
      : [{ ...about, consistency: verdict, consistency_expected: expected, consistency_reason: reason }],
  );
  const rows = countVerdicts(known).map((one) => ({ ...one, why: one.why.join('; ') || null }));
  const table = rows.length === 0 ? '' : `\n${textTable([...COLUMNS, ...COUNTS], rows)}`;
  const weaker = all.filter(({ verdict }) => verdict === 'invalid');
  if (weaker.length === 0) return table;
  const names = weaker.map(({ run_id, model, expected }) => `  ${run_id}: ${model}, not ${expected}\n`);
  const are = weaker.length === 1 ? 'is' : 'are';
  return `${table}\n${weaker.length} of ${counted(all.length, 'run')} ${are} weaker than expected:\n${names.join('')}`;
}
