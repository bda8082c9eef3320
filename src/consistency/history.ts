/** The name of a register or of a list. */
export type Key = string | number;

/** What a register holds or a list's element is; null: nothing was written yet. */
export type Value = string | number | null;

/**
 * What became of an operation: `ok` happened and answered, `fail` did not happen, `unknown` may have happened and may
 * still happen at any time after it was sent, `dropped` was never sent.
 */
export type Outcome = 'ok' | 'fail' | 'unknown' | 'dropped';

/** One step of a transaction over lists, as Elle writes it; what a read returned is null until it answered. */
export type MicroOp = readonly ['append', Key, Value] | readonly ['r', Key, readonly Value[] | null];

interface Any {
  /** Unique in the history. */
  readonly id: number | string;
  /** Who asked. A client may have several operations under way at once. */
  readonly client: number;
  /** When it was first sent: whole ns since the run's anchor (exact up to 2^53 ns, 104 days). */
  readonly invoked_ns: number;
  /** When its last answer came, on the same clock; null where none did: it is open for ever. */
  readonly completed_ns: number | null;
  readonly outcome: Outcome;
}

/** Reads a register; `result` counts only where the outcome is ok. */
export interface Read extends Any {
  readonly kind: 'read';
  readonly key: Key;
  readonly argument: null;
  readonly result: Value;
}

/** Gives a register a value. */
export interface Write extends Any {
  readonly kind: 'write';
  readonly key: Key;
  readonly argument: Value;
  readonly result: null;
}

/** Gives a register the value `swap` if it holds `expect`; `result` says whether it did. */
export interface CompareAndSet extends Any {
  readonly kind: 'cas';
  readonly key: Key;
  readonly argument: { readonly expect: Value; readonly swap: Value };
  readonly result: boolean | null;
}

/** Adds an element to the end of a list. */
export interface Append extends Any {
  readonly kind: 'append';
  readonly key: Key;
  readonly argument: Value;
  readonly result: null;
}

/** Reads a whole list. */
export interface ReadList extends Any {
  readonly kind: 'read-list';
  readonly key: Key;
  readonly argument: null;
  readonly result: readonly Value[] | null;
}

/** Appends to and reads several lists at once; `result` is `argument` with what the reads returned. */
export interface Transaction extends Any {
  readonly kind: 'txn';
  readonly key: null;
  readonly argument: readonly MicroOp[];
  readonly result: readonly MicroOp[] | null;
}

export type RegisterOperation = Read | Write | CompareAndSet;
export type ListOperation = Append | ReadList | Transaction;
export type Operation = RegisterOperation | ListOperation;

/** What clients did and saw in one run, in any order. Registers and lists are different objects, whatever their keys. */
export type History = readonly Operation[];

/** Whether an operation is one over registers. */
export function isRegisterOperation(operation: Operation): operation is RegisterOperation {
  return operation.kind === 'read' || operation.kind === 'write' || operation.kind === 'cas';
}

/** When an operation ended, as the checkers take it: never, unless it answered. */
export function endOf({ outcome, completed_ns }: Operation): number {
  return outcome === 'ok' && completed_ns !== null ? completed_ns : Number.POSITIVE_INFINITY;
}

/** Whether `a` had ended before `b` began. At the same instant they overlap. */
export function precedes(a: Operation, b: Operation): boolean {
  return endOf(a) < b.invoked_ns;
}
