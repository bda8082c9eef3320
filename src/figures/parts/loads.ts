import { groupBy } from '../../common/group.js';
import { WORKLOADS, type WorkloadName } from '../../vocabulary/workloads.js';
import { TWO_LINES } from './axis.js';

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
export function rowNames(rows: readonly { label: string; workload: WorkloadName }[]): string[] {
  const loads = [...groupBy(rows, (row) => row.workload)];
  return loads.flatMap(([workload, ofLoad]) => [
    ...(loads.length > 1 ? [WORKLOADS[workload].label] : []),
    ...new Set(ofLoad.map((row) => row.label)),
  ]);
}
