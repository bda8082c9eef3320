import type { VegaSpec } from './payload.js';

type Plain = string | number | boolean | null;

/**
 * The data of a figure as rows for a CSV file: where its answer knows its runs, a row for each, under its run_id; else the
 * rows that are drawn. No row comes twice, and no text has a line break.
 */
export function dataRows(answer: unknown, spec: VegaSpec): object[] {
  const ofRuns = runsIn(answer);
  return distinct(ofRuns.length > 0 ? ofRuns : (spec.data ?? []).flatMap(({ values }) => values ?? []));
}

/** The objects in an answer that have a run_id and are of one kind, as deep as they lie. */
function runsIn(answer: unknown): object[] {
  if (Array.isArray(answer)) return answer.flatMap(runsIn);
  if (typeof answer !== 'object' || answer === null) return [];
  const inner = Object.values(answer)
    .filter((value) => typeof value === 'object')
    .flatMap(runsIn);
  if (inner.length > 0) return inner;
  return 'run_id' in answer ? [answer] : [];
}

function distinct(rows: readonly object[]): object[] {
  const seen = new Map(rows.map((row) => [JSON.stringify(plainRow(row)), plainRow(row)]));
  return [...seen.values()];
}

function plainRow(row: object): Record<string, Plain> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value === null || typeof value !== 'object')
      .map(([name, value]) => [name, plain(value)]),
  );
}

function plain(value: unknown): Plain {
  if (typeof value === 'string') return value.replace(/\s*\n\s*/g, ', ');
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
