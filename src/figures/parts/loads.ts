import { groupBy } from '../../common/group.js';
import { LINES } from './axis.js';

/** The y axis of a plot whose rows are named by {@link rowName}, with headings from {@link rowNames}. */
export const ROWS = {
  ...LINES,
  labelExpr: "split(split(datum.label, '\t')[0], '\\n')",
  labelOffset: { expr: "indexof(split(datum.label, '\t')[0], '\\n') < 0 ? 0 : -5" },
  labelFontWeight: { condition: { test: "indexof(datum.label, '\t') < 0", value: 600 }, value: 400 },
} as const;

/** A row's name, apart from the same words under another heading. */
export function rowName(words: string, group: string): string {
  return `${words}\t${group}`;
}

/** All rows' names in order, with a heading for each group where there are several. */
export function rowNames(rows: readonly { label: string; group: string }[]): string[] {
  const groups = [...groupBy(rows, (row) => row.group)];
  return groups.flatMap(([group, inGroup]) => [
    ...(groups.length > 1 ? [group] : []),
    ...new Set(inGroup.map((row) => row.label)),
  ]);
}
