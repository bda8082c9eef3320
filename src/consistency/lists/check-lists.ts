import type { Model } from '../../vocabulary/models.js';
import { ANOMALIES, type AnomalyName } from '../anomalies.js';
import { endOf, type ListOperation } from '../history.js';
import { shrink } from '../shrink.js';
import { type Anomaly, type Findings, WITNESS_OPERATIONS } from '../verdict.js';
import { componentsOf } from './components.js';
import type { ListConflict } from './conflict.js';
import { type Cycle, cyclesOf } from './cycles.js';
import { edgesBetween } from './edges.js';
import { explain } from './explain.js';
import { type Observation, observe } from './observe.js';

export interface ListOptions {
  /** How many nodes the searches for cycles may look at, before they are given up. */
  readonly visits: number;
}

/**
 * The anomalies of appends to and reads of lists, in Elle's way (Kingsbury and Alvaro 2020): reads show the order of the
 * appends, which with the operations' times says who must come before whom; where that goes in a circle, the kinds of
 * its steps name what is wrong.
 */
export function checkLists(operations: readonly ListOperation[], options: ListOptions): Findings {
  if (operations.length === 0) return { anomalies: [], undecided: [], modelAtMost: 'strict serializability' };
  const observed = observe(operations, false);
  const { cycles, exhaustive } = cyclesIn(operations, observed, options);
  const anomalies: Anomaly[] = [];
  for (const conflict of fewest(observed.conflicts)) {
    anomalies.push(shrunk(conflict, (part, partial) => observe(part, partial).conflicts));
  }
  for (const conflict of fewest(cycles)) {
    anomalies.push(shrunk(conflict, (part) => cyclesIn(part, observe(part, true), options).cycles));
  }
  const modelAtMost: Model = exhaustive ? 'strict serializability' : 'read committed';
  return { anomalies, undecided: [], modelAtMost };
}

function cyclesIn(
  operations: readonly ListOperation[],
  { lists }: Observation,
  { visits }: ListOptions,
): { cycles: ListConflict[]; exhaustive: boolean } {
  const seen = new Set(lists.flatMap(({ writers }) => writers));
  const happened = operations.filter(
    (operation) => endOf(operation) < Number.POSITIVE_INFINITY || seen.has(operation),
  );
  const edges = edgesBetween(happened, lists);
  let left = visits;
  let exhaustive = true;
  const cycles: Cycle[] = [];
  for (const component of componentsOf(edges)) {
    const result = cyclesOf(edges, component, left);
    cycles.push(...result.found);
    exhaustive &&= result.exhaustive;
    left = Math.max(0, left - result.visits);
  }
  return { cycles: cycles.map((cycle) => explain(cycle, happened, lists)), exhaustive };
}

/** Of each name the conflict that takes the fewest operations. */
function fewest(conflicts: readonly ListConflict[]): Iterable<ListConflict> {
  const named = new Map<AnomalyName, ListConflict>();
  for (const conflict of conflicts) {
    const other = named.get(conflict.name);
    if (!other || conflict.operations.length < other.operations.length) named.set(conflict.name, conflict);
  }
  return named.values();
}

/** Leaves out of a conflict's operations what it does not take. */
function shrunk(
  { name, key, explanation, operations, allowedBy = ANOMALIES[name].allowedBy }: ListConflict,
  conflictsIn: (part: readonly ListOperation[], partial: boolean) => readonly ListConflict[],
): Anomaly {
  const shows = (fewer: readonly ListOperation[]) =>
    conflictsIn(fewer, name !== 'unwritten value').some((other) => other.name === name);
  const left = operations.length > 1 ? shrink(operations, shows) : operations;
  const witness = [...left].sort((a, b) => a.invoked_ns - b.invoked_ns).slice(0, WITNESS_OPERATIONS);
  return { name, key, allowedBy, explanation, witness, complete: left.length <= WITNESS_OPERATIONS };
}
