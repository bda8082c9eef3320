import { endOf, type History, isRegisterOperation, type Key, type Operation } from '../history.js';

/** A beginning or an end, as Jepsen's histories have it. `info` is an end of which nobody knows. */
export interface Event {
  readonly index: number;
  readonly type: 'invoke' | 'ok' | 'fail' | 'info';
  readonly f: 'read' | 'write' | 'cas' | 'txn';
  /** EDN and JSON both have `null` and arrays; the names of a transaction's steps are keywords in EDN. */
  readonly value: unknown;
  /** Does one thing at a time, and nothing any more after an `info`. */
  readonly process: number;
  readonly time: number;
}

/** The operations on lists, each as a transaction: the history of Elle's model list-append. */
export function listEvents(history: History): Event[] {
  return eventsOf(history.filter((operation) => !isRegisterOperation(operation)));
}

/** The operations on each register: a history of Knossos' model cas-register a key. */
export function registerEvents(history: History): Map<Key, Event[]> {
  const registers = history.filter(isRegisterOperation);
  const keys = new Set(registers.map(({ key }) => key));
  return new Map([...keys].map((key) => [key, eventsOf(registers.filter((one) => one.key === key))]));
}

function eventsOf(operations: History): Event[] {
  const sent = operations.filter(({ outcome }) => outcome !== 'dropped');
  const processes = processesOf(sent);
  const events = sent.flatMap((operation): Omit<Event, 'index'>[] => {
    const process = processes.get(operation)!;
    const f = functionOf(operation);
    const invoke = {
      type: 'invoke' as const,
      f,
      value: question(operation),
      process,
      time: operation.invoked_ns,
    };
    const time = endTime(operation);
    if (time === undefined) return [invoke];
    return [invoke, { type: typeOf(operation), f, value: answer(operation), process, time }];
  });
  // what touches overlaps: beginnings come first
  const late = ({ type }: Omit<Event, 'index'>) => Number(type !== 'invoke');
  return events
    .sort((a, b) => a.time - b.time || late(a) - late(b))
    .map((event, index) => ({ index, ...event }));
}

function endTime(operation: Operation): number | undefined {
  if (operation.outcome === 'fail') return operation.completed_ns ?? operation.invoked_ns;
  const end = endOf(operation);
  return end === Number.POSITIVE_INFINITY ? (operation.completed_ns ?? undefined) : end;
}

/** A process an operation that is under way: clients may have several at once, Jepsen's processes have not. */
function processesOf(operations: History): Map<Operation, number> {
  const processes = new Map<Operation, number>();
  const freeFrom: number[] = [];
  for (const operation of [...operations].sort((a, b) => a.invoked_ns - b.invoked_ns)) {
    const free = freeFrom.findIndex((time) => time < operation.invoked_ns);
    const process = free < 0 ? freeFrom.length : free;
    processes.set(operation, process);
    const done = operation.outcome === 'unknown' ? undefined : endTime(operation);
    freeFrom[process] = done ?? Number.POSITIVE_INFINITY;
  }
  return processes;
}

function typeOf({ kind, outcome, result }: Operation): Event['type'] {
  if (outcome === 'unknown') return 'info';
  return outcome === 'fail' || (kind === 'cas' && result === false) ? 'fail' : 'ok';
}

function functionOf({ kind }: Operation): Event['f'] {
  return kind === 'read' || kind === 'write' || kind === 'cas' ? kind : 'txn';
}

function question(operation: Operation): unknown {
  switch (operation.kind) {
    case 'read':
      return null;
    case 'write':
      return operation.argument;
    case 'cas':
      return [operation.argument.expect, operation.argument.swap];
    case 'append':
      return [['append', operation.key, operation.argument]];
    case 'read-list':
      return [['r', operation.key, null]];
    case 'txn':
      return operation.argument;
  }
}

function answer(operation: Operation): unknown {
  if (operation.outcome !== 'ok') return question(operation);
  if (operation.kind === 'read') return operation.result;
  if (operation.kind === 'read-list') return [['r', operation.key, operation.result]];
  return operation.kind === 'txn' ? operation.result : question(operation);
}
