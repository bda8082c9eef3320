import type { Key, ListOperation, Value } from '../history.js';
import type { Appenders, Fault } from './appenders.js';
import type { ListConflict } from './conflict.js';
import type { ListRead } from './observe.js';

/** What one read says. */
export interface JudgedRead {
  /** How many elements of the list's order it saw before its own; undefined where it does not fit. */
  readonly position: number | undefined;
  readonly conflicts: readonly ListConflict[];
}

/** Holds a read of a list against the longest one. */
export function judgeRead(
  read: ListRead,
  longest: ListRead,
  key: Key,
  appenders: Appenders,
  partial: boolean,
): JudgedRead {
  const { list, own } = read;
  if (firstDifference(list, longest.list) === list.length) {
    return { position: list.length - own, conflicts: [] };
  }
  const faults = appenders.faults(key, list, partial);
  const conflicts = faults.map((fault) => faultOf(fault, read.operation, key, appenders));
  const left = faults.length > 0 ? appenders.clean(key, list, partial) : list;
  const at = firstDifference(left, longest.list);
  if (at === left.length) return { position: left.length - own, conflicts };
  return {
    position: undefined,
    conflicts: [...conflicts, differing(left, at, read, longest, key, appenders)],
  };
}

function faultOf(
  { value, fault }: Fault,
  reader: ListOperation,
  key: Key,
  appenders: Appenders,
): ListConflict {
  const sources = appenders.tried(key, value).map(({ operation }) => operation);
  const operations = [...sources.slice(0, 2), reader];
  const element = JSON.stringify(value);
  switch (fault) {
    case 'failed':
      return {
        name: 'aborted read',
        key,
        explanation: `${element} was read, but its append had failed`,
        operations,
      };
    case 'unwritten':
      return {
        name: 'unwritten value',
        key,
        explanation: `${element} was read, but nobody appended it`,
        operations,
      };
    case 'repeated':
      return {
        name: 'duplicate append',
        key,
        explanation: `${element} stands in a list more than once`,
        operations,
      };
  }
}

/** Why a read is no beginning of the longest one, although all of its elements may stand there. */
function differing(
  left: readonly Value[],
  at: number,
  { operation }: ListRead,
  longest: ListRead,
  key: Key,
  appenders: Appenders,
): ListConflict {
  const readers = [operation, longest.operation];
  const there = new Set(longest.list);
  const gone = left.slice(at).filter((value) => !there.has(value));
  if (gone.length === 0) {
    const explanation = 'two reads saw elements in orders that exclude each other';
    return { name: 'reordered append', key, explanation, operations: readers };
  }
  const sources = gone.flatMap((value) => appenders.possible(key, value));
  const unanswered = sources.find((source) => source.operation.outcome === 'unknown');
  const source = unanswered ?? sources[0];
  const explanation = `${JSON.stringify(source?.value ?? gone[0])} was read, and a longer read has none of it`;
  const operations = [...(source ? [source.operation] : []), ...readers];
  return { name: unanswered ? 'dirty read' : 'vanished append', key, explanation, operations };
}

function firstDifference(list: readonly Value[], other: readonly Value[]): number {
  let i = 0;
  while (i < list.length && list[i] === other[i]) i++;
  return i;
}
