import { textTable } from '../common/table.js';
import { EXPECTED_MODEL } from '../vocabulary/models.js';
import type { CheckedRun } from './check-dataset.js';
import type { WitnessOperation } from './judge.js';

/** A run's verdict as a line; for what was found in it, why, and its witness as a table, times in ms of the run. */
export function shownVerdict({ run_id, model, expected, verdict, reason, witness }: CheckedRun): string {
  const than = verdict === 'invalid' || expected !== EXPECTED_MODEL ? `, expected ${expected}` : '';
  const line = `${run_id}  ${model}  ${verdict}${than}\n`;
  if (reason === null) return line;
  const why = `  ${reason}\n`;
  return witness.length === 0 ? line + why : `${line}${why}${indented(witnessTable(witness))}`;
}

function witnessTable(witness: readonly WitnessOperation[]): string {
  const columns = [
    'operation',
    'client',
    'node',
    'op',
    'key',
    'argument',
    'result',
    'outcome',
    'sent_ms',
    'done_ms',
  ] as const;
  const rows = witness.map(({ sent_ns, done_ns, ...rest }) => ({
    ...rest,
    argument: short(rest.argument),
    result: short(rest.result),
    sent_ms: sent_ns / 1e6,
    done_ms: done_ns === null ? null : done_ns / 1e6,
  }));
  return textTable(columns, rows);
}

/** Long lists are told by their end, where they differ. */
function short(json: string | null): string | null {
  return json !== null && json.length > 40 ? `… ${json.slice(-38)}` : json;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
