import { groupBy } from '../../common/group.js';
import { TWO_LINES } from './axis.js';

/** A workload as a heading among rows. */
const LOADS: Record<string, string> = {
  'write100-then-read': 'Reads after writes (2022)',
  kvreadwrite: 'Reads and writes',
};

/** The y axis of a plot whose rows are named by {@link rowName}, with headings from {@link rowNames}. */
export const ROWS = {
  ...TWO_LINES,
  labelExpr: "split(split(datum.label, '\t')[0], '\\n')",
  labelFontWeight: { condition: { test: "indexof(datum.label, '\t') < 0", value: 600 }, value: 400 },
} as const;

/** A row's name, apart from the same words under another heading. */
export function rowName(words: string, workload: string): string {
  return `${words}\t${workload}`;
}

/** All rows' names in order, with a heading for each workload where there are several. */
export function rowNames(rows: readonly { label: string; workload: string }[]): string[] {
  const loads = [...groupBy(rows, (row) => row.workload)];
  return loads.flatMap(([workload, ofLoad]) => [
    ...(loads.length > 1 ? [LOADS[workload] ?? workload] : []),
    ...new Set(ofLoad.map((row) => row.label)),
  ]);
}
