import type { Key, ListOperation, MicroOp, Value } from '../history.js';
import { endOf } from '../history.js';
import { type Appender, Appenders } from './appenders.js';
import type { ListConflict } from './conflict.js';
import { judgeRead } from './judge-read.js';

/** What one operation read of a list, without what it had appended itself before. */
export interface ListRead {
  readonly operation: ListOperation;
  /** All that the read returned. */
  readonly list: readonly Value[];
  /** How many elements at its end are the operation's own. */
  readonly own: number;
}

/** A list's elements in the order of their appends, as its reads tell, and what they say of who came when. */
export interface ListOrder {
  readonly key: Key;
  readonly order: readonly Value[];
  /** For each element the operation that appended it; undefined where that cannot be told. */
  readonly writers: readonly (ListOperation | undefined)[];
  /** Reads that fit, with the number of elements that they saw before their own. */
  readonly reads: readonly { readonly operation: ListOperation; readonly position: number }[];
  /** Operations whose appends happened, and that no read saw: they come after all that was seen. */
  readonly unseen: readonly ListOperation[];
}

/** What reads tell of the order of appends. */
export interface Observation {
  readonly lists: readonly ListOrder[];
  /** What is wrong without looking at more than one list. */
  readonly conflicts: readonly ListConflict[];
}

/**
 * What the reads of lists show. Each read of a list is a beginning of the longest one, else something is wrong.
 * @param partial whether elements that nobody appended are passed over: for parts of a history
 */
export function observe(operations: readonly ListOperation[], partial: boolean): Observation {
  const appenders = new Appenders(operations);
  const conflicts: ListConflict[] = [];
  const reads = readsByKey(operations, conflicts);
  const drafts = [...appenders.keys(), ...[...reads.keys()].filter((key) => !appenders.has(key))].map((key) =>
    orderOf(key, reads.get(key) ?? [], appenders, partial, conflicts),
  );
  const seen = new Set(drafts.flatMap(({ writers }) => writers));
  const lists = drafts.map((draft): ListOrder => {
    const shown = new Set(draft.order);
    const unseen = new Set<ListOperation>();
    for (const { operation, value } of appenders.of(draft.key)) {
      const happened = endOf(operation) < Number.POSITIVE_INFINITY || seen.has(operation);
      if (happened && !shown.has(value) && appenders.possible(draft.key, value).length === 1) {
        unseen.add(operation);
      }
    }
    return { ...draft, unseen: [...unseen] };
  });
  return { lists, conflicts };
}

function orderOf(
  key: Key,
  reads: readonly ListRead[],
  appenders: Appenders,
  partial: boolean,
  conflicts: ListConflict[],
): Omit<ListOrder, 'unseen'> {
  const longest = longestClean(key, reads, appenders, partial);
  const order = longest?.list ?? [];
  const fitting: { operation: ListOperation; position: number }[] = [];
  for (const read of reads) {
    const judged = judgeRead(read, longest!, key, appenders, partial);
    conflicts.push(...judged.conflicts);
    if (judged.position !== undefined) fitting.push({ operation: read.operation, position: judged.position });
  }
  const candidates = order.map((value) => appenders.possible(key, value));
  const writers = candidates.map((possible) => (possible.length === 1 ? possible[0]!.operation : undefined));
  const reversed = ownOrderReversed(candidates);
  if (reversed && longest) {
    conflicts.push({
      name: 'reordered append',
      key,
      explanation: 'appends of one transaction stand in another order than it made them',
      operations: [reversed, longest.operation],
    });
  }
  const between = fitting.filter(({ operation, position }) => {
    const writer = position > 0 && position < order.length ? writers[position - 1] : undefined;
    if (!writer || writer !== writers[position] || writer === operation) return false;
    conflicts.push({
      name: 'intermediate read',
      key,
      explanation: `a read saw ${JSON.stringify(order[position - 1])} and not ${JSON.stringify(order[position])}, which the same transaction appended`,
      operations: [writer, operation, longest!.operation],
    });
    return true;
  });
  const skipped = new Set(between);
  return { key, order, writers, reads: fitting.filter((read) => !skipped.has(read)) };
}

/** The longest read, not counting elements that nobody can have appended, or more often than they were. */
function longestClean(
  key: Key,
  reads: readonly ListRead[],
  appenders: Appenders,
  partial: boolean,
): ListRead | undefined {
  let longest: ListRead | undefined;
  for (const read of [...reads].sort((a, b) => b.list.length - a.list.length)) {
    if (longest && read.list.length <= longest.list.length) break;
    const list = appenders.clean(key, read.list, partial);
    if (!longest || list.length > longest.list.length) longest = { ...read, list };
  }
  return longest;
}

function ownOrderReversed(candidates: readonly (readonly Appender[])[]): ListOperation | undefined {
  const last = new Map<ListOperation, number>();
  for (const possible of candidates) {
    if (possible.length !== 1) continue;
    const { operation, step } = possible[0]!;
    if ((last.get(operation) ?? -1) > step) return operation;
    last.set(operation, step);
  }
  return undefined;
}

function readsByKey(operations: readonly ListOperation[], conflicts: ListConflict[]): Map<Key, ListRead[]> {
  const byKey = new Map<Key, ListRead[]>();
  for (const operation of operations) {
    if (operation.outcome !== 'ok') continue;
    const own = new Map<Key, Value[]>();
    const before = new Map<Key, ListRead>();
    for (const [f, key, value] of answers(operation)) {
      if (f === 'append') {
        const appended = own.get(key);
        if (appended) appended.push(value);
        else own.set(key, [value]);
        continue;
      }
      const mine = own.get(key) ?? [];
      const read = { operation, list: value!, own: mine.length };
      const first = before.get(key);
      if (contradictsItself(read, mine, first)) {
        conflicts.push({
          name: 'internal inconsistency',
          key,
          explanation: 'a transaction read a list that contradicts what it had read or appended before',
          operations: [operation],
        });
        continue;
      }
      before.set(key, first ?? read);
      const reads = byKey.get(key);
      if (reads) reads.push(read);
      else byKey.set(key, [read]);
    }
  }
  return byKey;
}

function contradictsItself(
  { list, own }: ListRead,
  mine: readonly Value[],
  first: ListRead | undefined,
): boolean {
  const from = list.length - own;
  if (mine.some((value, i) => list[from + i] !== value)) return true;
  if (!first) return false;
  const length = first.list.length - first.own;
  if (length !== from) return true;
  for (let i = 0; i < length; i++) if (first.list[i] !== list[i]) return true;
  return false;
}

function answers(operation: ListOperation): readonly MicroOp[] {
  switch (operation.kind) {
    case 'append':
      return [];
    case 'read-list':
      return operation.result ? [['r', operation.key, operation.result]] : [];
    case 'txn':
      return (operation.result ?? []).filter(([f, , value]) => f === 'append' || value !== null);
  }
}
