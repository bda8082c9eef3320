import { ANOMALIES, type AnomalyName } from '../anomalies.js';
import type { RegisterOperation, Value } from '../history.js';
import { shrink } from '../shrink.js';
import { type Anomaly, type Findings, WITNESS_OPERATIONS } from '../verdict.js';
import { type Conflict, conflictsOf } from './conflicts.js';
import { type Effect, type KeyHistory, keyHistories, keyHistory } from './key-history.js';
import { searchPart } from './partial.js';
import { searchOrder } from './search.js';

export interface RegisterOptions {
  /** What every register holds before anything is written. */
  readonly initial: Value;
  /** How many steps a search may take for one register, before it is given up. */
  readonly steps: number;
  /** How many seconds all searches may take together. */
  readonly seconds: number;
}

/** The steps that a search for a witness may take: it is made anew for every set of operations. */
const WITNESS_STEPS = 20_000;

/**
 * Whether each register is linearizable. Unique values are told by zones; where there is compare-and-set or a value
 * that was written twice, an order is searched as well.
 */
export function checkRegisters(operations: readonly RegisterOperation[], options: RegisterOptions): Findings {
  const found = new Map<AnomalyName, { history: KeyHistory; conflict: Conflict }>();
  const unordered: { history: KeyHistory; at: RegisterOperation }[] = [];
  const undecided: string[] = [];
  const deadline = performance.now() + options.seconds * 1000;
  for (const history of keyHistories(operations, options.initial)) {
    const conflicts = conflictsOf(history);
    for (const conflict of conflicts) {
      const other = found.get(conflict.name);
      if (other && other.conflict.operations.length <= conflict.operations.length) continue;
      found.set(conflict.name, { history, conflict });
    }
    if (conflicts.length > 0 || !needsSearch(history)) continue;
    if (performance.now() > deadline) {
      undecided.push(`register ${history.key}: no time was left for its search`);
      continue;
    }
    const search = searchOrder(history.effects, history.initial, { ...options, until: deadline });
    if (search.found === 'none') unordered.push({ history, at: search.at });
    if (search.found === 'bound') {
      undecided.push(`register ${history.key}: its search was given up after ${search.steps} steps`);
    }
  }
  const anomalies: Anomaly[] = [];
  for (const { history, conflict } of found.values()) anomalies.push(shrunk(history, conflict));
  for (const { history, at } of unordered.slice(0, 1)) anomalies.push(searched(history, at));
  return { anomalies, undecided, modelAtMost: 'strict serializability' };
}

function needsSearch(history: KeyHistory): boolean {
  const swaps = history.effects.some(
    ({ needs, refuses, writes }) => refuses !== undefined || (needs !== undefined && writes !== undefined),
  );
  return swaps || !history.unique;
}

function shrunk({ key, initial }: KeyHistory, conflict: Conflict): Anomaly {
  const { name, explanation } = conflict;
  const witness = shrink(conflict.operations, (fewer) => {
    const names = conflictsOf(keyHistory(key, fewer, initial)).map((other) => other.name);
    return names.includes(name) && (name === 'unwritten value' || !names.includes('unwritten value'));
  });
  const { allowedBy } = ANOMALIES[name];
  return { name, key, allowedBy, explanation, witness: byTime(witness), complete: true };
}

/** The witness of a search that found no order: first the latest operations alone that have none, then fewer. */
function searched({ key, initial, effects }: KeyHistory, at: RegisterOperation): Anomaly {
  const last = effects.find(({ operation }) => operation === at)!;
  const before = effects.filter(({ begin }) => begin <= last.end).sort((a, b) => b.end - a.end);
  const contradicts = (part: readonly Effect[]) =>
    searchPart(part, effects, initial, { steps: WITNESS_STEPS }).found === 'none';
  let size = WITNESS_OPERATIONS;
  while (size < before.length && !contradicts(before.slice(0, size))) size *= 2;
  const enough = before.slice(0, size);
  const left = contradicts(enough) ? shrink(enough, contradicts) : before;
  const complete = left.length <= WITNESS_OPERATIONS;
  const nearest = complete ? left : [...left].sort((a, b) => b.end - a.end).slice(0, WITNESS_OPERATIONS);
  const witness = byTime(nearest.map(({ operation }) => operation));
  const found = named(witness);
  // a search by times does not tell whether an order is left without them
  return { ...found, key, allowedBy: ANOMALIES[found.name].allowedBy, witness, complete };
}

function named(witness: readonly RegisterOperation[]): Pick<Anomaly, 'name' | 'explanation'> {
  const swaps = witness.filter(({ kind }) => kind === 'cas');
  if (swaps.some(({ result }) => result === false)) {
    return { name: 'stale read', explanation: 'a compare-and-set was refused although its value was there' };
  }
  if (swaps.length > 0) {
    return {
      name: 'lost update',
      explanation: 'a compare-and-set replaced a value that was no longer there',
    };
  }
  return { name: 'no order', explanation: 'no order of these operations explains what was read' };
}

function byTime(operations: readonly RegisterOperation[]): RegisterOperation[] {
  return [...operations].sort((a, b) => a.invoked_ns - b.invoked_ns);
}
