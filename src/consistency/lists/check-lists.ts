import { type Duck, openDuck } from '../../dataset/duck.js';
import type { AnomalyName, Model } from '../anomalies.js';
import { endOf, type ListOperation } from '../history.js';
import { shrink } from '../shrink.js';
import { type Anomaly, type Findings, WITNESS_OPERATIONS } from '../verdict.js';
import { componentsOf } from './components.js';
import type { ListConflict } from './conflict.js';
import { type Cycle, cyclesOf } from './cycles.js';
import { buildEdges } from './edges.js';
import { explain } from './explain.js';
import { observe } from './observe.js';

export interface ListOptions {
  /** How many nodes the searches for cycles may look at, before they are given up. */
  readonly visits: number;
}

/**
 * The anomalies of appends to and reads of lists, in Elle's way (Kingsbury and Alvaro 2020): reads show the order of the
 * appends, which with the operations' times says who must come before whom; where that goes in a circle, the kinds of
 * its steps name what is wrong.
 */
export async function checkLists(
  operations: readonly ListOperation[],
  options: ListOptions,
  duck?: Duck,
): Promise<Findings> {
  if (operations.length === 0) return { anomalies: [], undecided: [], modelAtMost: 'strict serializability' };
  const opened = duck ?? (await openDuck());
  try {
    const { conflicts, exhaustive } = await conflictsIn(operations, options, opened, false);
    const fewest = new Map<AnomalyName, ListConflict>();
    for (const conflict of conflicts) {
      const other = fewest.get(conflict.name);
      if (!other || conflict.operations.length < other.operations.length) fewest.set(conflict.name, conflict);
    }
    const anomalies: Anomaly[] = [];
    for (const conflict of fewest.values()) anomalies.push(await shrunk(conflict, options, opened));
    const modelAtMost: Model = exhaustive ? 'strict serializability' : 'read committed';
    return { anomalies, undecided: [], modelAtMost };
  } finally {
    if (!duck) opened.close();
  }
}

async function conflictsIn(
  operations: readonly ListOperation[],
  { visits }: ListOptions,
  { connection }: Duck,
  partial: boolean,
): Promise<{ conflicts: ListConflict[]; exhaustive: boolean }> {
  const { lists, conflicts } = observe(operations, partial);
  const seen = new Set(lists.flatMap(({ writers }) => writers));
  const happened = operations.filter(
    (operation) => endOf(operation) < Number.POSITIVE_INFINITY || seen.has(operation),
  );
  const edges = await buildEdges(connection, happened, lists);
  let left = visits;
  let exhaustive = true;
  const cycles: Cycle[] = [];
  for (const component of componentsOf(edges)) {
    const result = cyclesOf(edges, component, left);
    cycles.push(...result.found);
    exhaustive &&= result.exhaustive;
    left = Math.max(0, left - result.visits);
  }
  return { conflicts: [...conflicts, ...cycles.map((cycle) => explain(cycle, happened, lists))], exhaustive };
}

/** Leaves out of a conflict's operations what it does not take. */
async function shrunk(conflict: ListConflict, options: ListOptions, duck: Duck): Promise<Anomaly> {
  const { name, key, explanation, operations } = conflict;
  const shows = async (fewer: readonly ListOperation[]) => {
    const { conflicts } = await conflictsIn(fewer, options, duck, name !== 'unwritten value');
    return conflicts.some((other) => other.name === name);
  };
  const left = operations.length > 1 ? await shrink(operations, shows) : operations;
  const witness = [...left].sort((a, b) => a.invoked_ns - b.invoked_ns).slice(0, WITNESS_OPERATIONS);
  return { name, key, explanation, witness, complete: left.length <= WITNESS_OPERATIONS };
}
