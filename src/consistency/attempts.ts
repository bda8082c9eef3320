import { UserError } from '../common/errors.js';
import { groupBy } from '../common/group.js';
import type { History, Key, Operation, Outcome } from './history.js';

/** One attempt of a client's operation, with columns of attempts.csv and of the table `attempts`. */
export interface AttemptRow {
  readonly operation: number;
  /** From 1; 0 where the operation was dropped. */
  readonly attempt: number;
  /** Null in attempts.csv where the operation was dropped. */
  readonly client: number | null;
  readonly op: Operation['kind'];
  /** The register or list; null of a transaction. */
  readonly key: Key | null;
  /** JSON: what is written or appended, `[expect, swap]` of a compare-and-set, a transaction's steps; else null. */
  readonly argument: string | null;
  /** JSON: what was read, whether a compare-and-set took place, a transaction's steps; null unless ok. */
  readonly result: string | null;
  /** Times are ns on one clock, of at most 2^53: those of a dataset are taken from its run's first. */
  readonly intended_ns: number | bigint;
  /** Null for what was not sent. */
  readonly sent_ns: number | bigint | null;
  /** Null where nothing ever came. */
  readonly done_ns: number | bigint | null;
  readonly outcome: Outcome;
  readonly node: string | null;
}

/** The client of what was never sent. */
const NOBODY = -1;

/**
 * What an operation is: all its attempts together, as whoever asked for it sees it, so that a retry that wrote twice is
 * found; or each attempt that may have had an effect, as the database sees it, so that it is not.
 */
export type View = 'operations' | 'attempts';

/**
 * The history that recorded attempts make.
 * @throws UserError for an argument or a result that is not what its op calls for
 */
export function historyOf(rows: readonly AttemptRow[], view: View = 'operations'): History {
  const history: Operation[] = [];
  for (const attempts of groupBy(rows, ({ operation }) => operation).values()) {
    if (attempts.length > 1) attempts.sort((a, b) => a.attempt - b.attempt);
    if (view === 'operations') history.push(together(attempts));
    else history.push(...apart(attempts));
  }
  return history;
}

/** Its window is from the first attempt that was sent to the last answer. */
function together(attempts: readonly AttemptRow[]): Operation {
  const last = attempts.find(({ outcome }) => outcome === 'ok') ?? attempts.at(-1)!;
  const outcome = outcomeOf(attempts, last);
  const sent = attempts.flatMap((row) => (row.sent_ns === null ? [] : [instant(row, row.sent_ns)]));
  const done = attempts.flatMap((row) => (row.done_ns === null ? [] : [instant(row, row.done_ns)]));
  const invoked = sent.length > 0 ? Math.min(...sent) : instant(last, last.intended_ns);
  const completed = outcome === 'unknown' || done.length === 0 ? null : Math.max(...done);
  return operationOf(last, last.operation, outcome, invoked, completed);
}

function outcomeOf(attempts: readonly AttemptRow[], last: AttemptRow): Outcome {
  const has = (outcome: Outcome) => attempts.some((row) => row.outcome === outcome);
  if (last.outcome === 'ok') {
    // it may have been refused because an attempt before it had taken place
    const refused = last.op === 'cas' && swapped(last) === false;
    return refused && has('unknown') ? 'unknown' : 'ok';
  }
  return has('unknown') ? 'unknown' : has('fail') ? 'fail' : 'dropped';
}

/** The attempts that matter by themselves: the last one, and those before it whose effect is unknown. */
function apart(attempts: readonly AttemptRow[]): Operation[] {
  const last = attempts.find(({ outcome }) => outcome === 'ok') ?? attempts.at(-1)!;
  const kept =
    attempts.length === 1 ? attempts : attempts.filter((row) => row === last || row.outcome === 'unknown');
  return kept.map((row) => {
    const id = kept.length > 1 ? `${row.operation}.${row.attempt}` : row.operation;
    const invoked = instant(row, row.sent_ns ?? row.intended_ns);
    const open = row.outcome === 'unknown' || row.done_ns === null;
    return operationOf(row, id, row.outcome, invoked, open ? null : instant(row, row.done_ns!));
  });
}

function operationOf(
  row: AttemptRow,
  id: Operation['id'],
  outcome: Outcome,
  invoked_ns: number,
  completed_ns: number | null,
): Operation {
  const { op: kind, key } = row;
  const base = { id, client: row.client ?? NOBODY, kind, key, invoked_ns, completed_ns, outcome };
  const answered = outcome === 'ok';
  switch (kind) {
    case 'read':
      return { ...base, argument: null, result: answered ? json(row, 'result') : null } as Operation;
    case 'write':
    case 'append':
      return { ...base, argument: json(row, 'argument'), result: null } as Operation;
    case 'cas': {
      const [expect, swap] = list(row, 'argument') as [never, never];
      return { ...base, argument: { expect, swap }, result: answered ? swapped(row) : null } as Operation;
    }
    case 'read-list':
      return { ...base, argument: null, result: answered ? list(row, 'result') : null } as Operation;
    case 'txn':
      return {
        ...base,
        key: null,
        argument: list(row, 'argument'),
        result: answered ? list(row, 'result') : null,
      } as Operation;
  }
}

function swapped(row: AttemptRow): boolean {
  const result = json(row, 'result');
  if (typeof result === 'boolean') return result;
  throw wrong(row, 'result', 'true or false');
}

function list(row: AttemptRow, column: 'argument' | 'result'): unknown[] {
  const value = json(row, column);
  if (Array.isArray(value)) return value;
  throw wrong(row, column, 'a JSON array');
}

function json(row: AttemptRow, column: 'argument' | 'result'): unknown {
  const text = row[column];
  try {
    if (text !== null) return JSON.parse(text);
  } catch {
    // said below
  }
  throw wrong(row, column, 'JSON');
}

function instant(row: AttemptRow, ns: number | bigint): number {
  const number = Number(ns);
  if (Number.isSafeInteger(number)) return number;
  throw new UserError(
    `operation ${row.operation}, attempt ${row.attempt}: expected whole ns on the run's clock, of at most 2^53, and found ${ns}`,
  );
}

function wrong(row: AttemptRow, column: 'argument' | 'result', expected: string): UserError {
  return new UserError(
    `operation ${row.operation} (${row.op}), attempt ${row.attempt}: expected ${expected} as its ${column}, and found ${JSON.stringify(row[column])}`,
  );
}
