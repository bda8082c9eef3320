import { groupBy } from '../../common/group.js';
import { endOf, type Key, type RegisterOperation, type Value } from '../history.js';

/** What one operation demands of the register's value, and what it makes of it. */
export interface Effect {
  readonly operation: RegisterOperation;
  readonly begin: number;
  readonly end: number;
  /** The value that it must find: a read's, or that of a compare-and-set that took place. */
  readonly needs?: Value;
  /** The value that it must not find: that of a compare-and-set that did not take place. */
  readonly refuses?: Value;
  /** The value that it leaves. */
  readonly writes?: Value;
  /** Nobody knows whether it happened. */
  readonly optional: boolean;
}

/** What happened, or may have, to one register. */
export interface KeyHistory {
  readonly key: Key;
  /** What it holds before anything is written. */
  readonly initial: Value;
  readonly effects: readonly Effect[];
  /** Whether no two writes leave the same value, nor any the one that was there at first. */
  readonly unique: boolean;
  /** Writes that failed, and those that were never sent, by their value. */
  readonly failed: ReadonlyMap<Value, RegisterOperation>;
  readonly dropped: ReadonlyMap<Value, RegisterOperation>;
}

/** The operations by register. */
export function keyHistories(operations: readonly RegisterOperation[], initial: Value): KeyHistory[] {
  const groups = groupBy(operations, ({ key }) => key);
  return [...groups].map(([key, group]) => keyHistory(key, group, initial));
}

/** The operations of one register. */
export function keyHistory(key: Key, operations: readonly RegisterOperation[], initial: Value): KeyHistory {
  const failed = new Map<Value, RegisterOperation>();
  const dropped = new Map<Value, RegisterOperation>();
  const effects: Effect[] = [];
  for (const operation of operations) {
    const { outcome } = operation;
    if (outcome === 'ok' || outcome === 'unknown') {
      const effect = effectOf(operation);
      if (effect) effects.push(effect);
    } else {
      const value = wanted(operation);
      if (value !== undefined) (outcome === 'fail' ? failed : dropped).set(value, operation);
    }
  }
  const left = withoutUnseen(effects);
  return { key, initial, effects: left, unique: valuesAreUnique(left, initial), failed, dropped };
}

function valuesAreUnique(effects: readonly Effect[], initial: Value): boolean {
  const met = new Set<Value>([initial]);
  for (const { writes } of effects) {
    if (writes === undefined) continue;
    if (met.has(writes)) return false;
    met.add(writes);
  }
  return true;
}

function wanted(operation: RegisterOperation): Value | undefined {
  if (operation.kind === 'write') return operation.argument;
  return operation.kind === 'cas' ? operation.argument.swap : undefined;
}

function effectOf(operation: RegisterOperation): Effect | undefined {
  const end = endOf(operation);
  const optional = end === Number.POSITIVE_INFINITY;
  const base = { operation, begin: operation.invoked_ns, end, optional };
  if (operation.kind === 'write') return { ...base, writes: operation.argument };
  if (operation.kind === 'read') return optional ? undefined : { ...base, needs: operation.result };
  const { expect, swap } = operation.argument;
  if (optional || operation.result === null)
    return { ...base, end: Number.POSITIVE_INFINITY, optional: true, needs: expect, writes: swap };
  return operation.result ? { ...base, needs: expect, writes: swap } : { ...base, refuses: expect };
}

/**
 * Leaves out what may not have happened and whose value nobody met: had it happened, it could as well not have. Only
 * where a compare-and-set was refused may an unseen value have been the cause.
 */
function withoutUnseen(effects: readonly Effect[]): readonly Effect[] {
  if (effects.some(({ refuses }) => refuses !== undefined)) return effects;
  let left = effects;
  for (;;) {
    const met = new Set(left.flatMap(({ needs }) => (needs === undefined ? [] : [needs])));
    const kept = left.filter(({ optional, writes }) => !optional || met.has(writes!));
    if (kept.length === left.length) return kept;
    left = kept;
  }
}
