import type { Key, ListOperation, MicroOp, Value } from '../history.js';

/** An append, with its place among the steps of its operation. */
export interface Appender {
  readonly operation: ListOperation;
  readonly value: Value;
  readonly step: number;
}

/** An element of a list that cannot stand there. */
export interface Fault {
  readonly value: Value;
  readonly fault: 'failed' | 'unwritten' | 'repeated';
}

const NOBODY: readonly Appender[] = [];

/** Who appended what, or tried to. */
export class Appenders {
  private readonly byKey = new Map<Key, Map<Value, Appender[]>>();

  constructor(operations: readonly ListOperation[]) {
    for (const operation of operations) {
      stepsOf(operation).forEach(([f, key, value], step) => {
        if (f === 'append') this.add(key, { operation, value, step });
      });
    }
  }

  keys(): Key[] {
    return [...this.byKey.keys()];
  }

  has(key: Key): boolean {
    return this.byKey.has(key);
  }

  /** Every append to a list, tried or done. */
  of(key: Key): Appender[] {
    return [...(this.byKey.get(key)?.values() ?? [])].flat();
  }

  /** Who tried to append an element, with whatever outcome. */
  tried(key: Key, value: Value): readonly Appender[] {
    return this.byKey.get(key)?.get(value) ?? NOBODY;
  }

  /** Who may have appended an element. */
  possible(key: Key, value: Value): readonly Appender[] {
    const tried = this.tried(key, value);
    return tried.every(happened) ? tried : tried.filter(happened);
  }

  /** What is wrong with a list's elements, each for itself. */
  faults(key: Key, list: readonly Value[], partial: boolean): Fault[] {
    const met = new Map<Value, number>();
    return list.flatMap((value): Fault[] => {
      const times = (met.get(value) ?? 0) + 1;
      met.set(value, times);
      const possible = this.possible(key, value).length;
      if (possible === 0) {
        const tried = this.tried(key, value);
        if (tried.some(({ operation }) => operation.outcome === 'fail')) return [{ value, fault: 'failed' }];
        return partial && tried.length === 0 && times === 1 ? [] : [{ value, fault: 'unwritten' }];
      }
      return times > possible ? [{ value, fault: 'repeated' }] : [];
    });
  }

  /** A list without the elements that cannot stand there. */
  clean(key: Key, list: readonly Value[], partial: boolean): readonly Value[] {
    const faults = this.faults(key, list, partial);
    if (faults.length === 0) return list;
    const never = new Set(faults.filter(({ fault }) => fault !== 'repeated').map(({ value }) => value));
    const repeated = new Set(faults.filter(({ fault }) => fault === 'repeated').map(({ value }) => value));
    const met = new Set<Value>();
    return list.filter((value) => {
      if (never.has(value) || (repeated.has(value) && met.has(value))) return false;
      met.add(value);
      return true;
    });
  }

  private add(key: Key, appender: Appender): void {
    const values = this.byKey.get(key) ?? new Map<Value, Appender[]>();
    this.byKey.set(key, values);
    const others = values.get(appender.value);
    if (others) others.push(appender);
    else values.set(appender.value, [appender]);
  }
}

function happened({ operation: { outcome } }: Appender): boolean {
  return outcome === 'ok' || outcome === 'unknown';
}

function stepsOf(operation: ListOperation): readonly MicroOp[] {
  switch (operation.kind) {
    case 'append':
      return [['append', operation.key, operation.argument]];
    case 'read-list':
      return [];
    case 'txn':
      return operation.argument;
  }
}
