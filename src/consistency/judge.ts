import { EXPECTED_MODEL, isAsStrong, type Model } from '../vocabulary/models.js';
import { type AttemptRow, historyOf, type View } from './attempts.js';
import { type CheckOptions, checkHistory } from './check.js';
import type { Key, Operation, Outcome } from './history.js';
import { WITNESS_OPERATIONS } from './verdict.js';

/** What is said of a run: plain data, to be stored with it. */
export interface RunVerdict {
  /** The strongest model that holds, as far as was found; the one that was expected where that is unknown. */
  readonly model: Model;
  /** The weakest model that is good enough; a run in which it does not hold is invalid. */
  readonly expected: Model;
  readonly verdict: 'valid' | 'invalid' | 'unknown';
  /** What is wrong, or what could not be judged and why; null where nothing is. */
  readonly reason: string | null;
  /** At most ten operations that show what is wrong by themselves, by the time they were sent; else none. */
  readonly witness: readonly WitnessOperation[];
}

/** An operation of a witness, with the record's words. */
export interface WitnessOperation {
  /** Its number; with the attempt behind a point where attempts of it are told apart. */
  readonly operation: string;
  readonly client: number;
  readonly op: Operation['kind'];
  readonly key: Key | null;
  /** JSON, as recorded. */
  readonly argument: string | null;
  readonly result: string | null;
  /** ns on the clock of the rows; `done_ns` is null where it is open for ever. */
  readonly sent_ns: number;
  readonly done_ns: number | null;
  readonly outcome: Outcome;
  /** The node that its last attempt was sent to. */
  readonly node: string | null;
}

export interface JudgeOptions extends CheckOptions {
  /** The weakest model that is good enough. Default: {@link EXPECTED_MODEL}. */
  readonly expected?: Model;
  /** Whether a retry that wrote twice counts as wrong (`operations`) or not (`attempts`, the default). */
  readonly view?: View;
}

/**
 * The verdict on one run by the record of its client. The rows are those of one run, in any order, with times on one
 * clock.
 *
 * It costs time and memory linear in the rows (`npm run bench:check` tells how much), most of which goes to lists. Searches,
 * which compare-and-set and values that were written twice need, are given up after 1,000,000 steps a register and 60 s
 * together; the verdict is then `unknown`.
 * @throws UserError for a row whose argument or result is not what its op calls for
 */
export function judgeRun(rows: readonly AttemptRow[], options: JudgeOptions = {}): RunVerdict {
  const { expected = EXPECTED_MODEL, view = 'attempts', ...rest } = options;
  const verdict = checkHistory(historyOf(rows, view), rest);
  const unknown = (reason: string): RunVerdict => ({
    model: expected,
    expected,
    verdict: 'unknown',
    reason,
    witness: [],
  });
  if (verdict.verdict === 'unknown') return unknown(verdict.reason);
  if (verdict.registers + verdict.lists === 0) return unknown('no operation was sent that may have happened');
  const { model } = verdict;
  if (verdict.verdict === 'valid') return { model, expected, verdict: 'valid', reason: null, witness: [] };
  const worst = verdict.anomalies.find(({ complete }) => complete) ?? verdict.anomalies[0]!;
  const others = verdict.anomalies.filter((anomaly) => anomaly !== worst).map(({ name }) => name);
  return {
    model,
    expected,
    verdict: isAsStrong(model, expected) ? 'valid' : 'invalid',
    reason: [
      `${worst.name}${worst.key === null ? '' : ` of ${worst.key}`}: ${worst.explanation}`,
      ...(others.length > 0 ? [`also ${others.join(', ')}`] : []),
      ...(worst.complete ? [] : ['more operations than the witness has are needed to show it']),
    ].join('; '),
    witness: worst.witness.slice(0, WITNESS_OPERATIONS).map((operation) => described(operation, rows)),
  };
}

function described(operation: Operation, rows: readonly AttemptRow[]): WitnessOperation {
  const { id, client, kind, key, invoked_ns, completed_ns, outcome } = operation;
  const [number, attempt] = String(id).split('.').map(Number);
  const own = rows.filter((row) => row.operation === number && row.attempt === (attempt ?? row.attempt));
  const row =
    own.find((one) => one.outcome === 'ok') ?? own.reduce((a, b) => (b.attempt > a.attempt ? b : a));
  return {
    operation: String(id),
    client,
    op: kind,
    key,
    argument: row.argument,
    result: row.result,
    sent_ns: invoked_ns,
    done_ns: outcome === 'unknown' ? null : completed_ns,
    outcome,
    node: row.node,
  };
}
