import type { ListOperation } from '../history.js';
import type { ListConflict } from './conflict.js';
import type { Cycle } from './cycles.js';
import type { ListOrder } from './observe.js';
import type { Hop } from './paths.js';

/** What a cycle says, and the operations that show it: its own, and reads that show the order of its appends. */
export function explain(
  { name, hops, allowedBy }: Cycle,
  operations: readonly ListOperation[],
  lists: readonly ListOrder[],
): ListConflict {
  const touched = new Set(hops.filter(({ list }) => list >= 0).map(({ list }) => list));
  const steps = hops.map((hop) => step(hop, operations, lists));
  const evidence = hops.flatMap((hop) => orderShown(hop, operations, lists));
  const own = hops.map(({ from }) => operations[from]!);
  return {
    name,
    allowedBy,
    key: touched.size === 1 ? lists[[...touched][0]!]!.key : null,
    explanation: steps.join('; '),
    operations: [...new Set([...own, ...evidence])],
  };
}

function step(
  { from, to, kind, list, unseen }: Hop,
  operations: readonly ListOperation[],
  lists: readonly ListOrder[],
) {
  const [a, b] = [operations[from]!.id, operations[to]!.id];
  const key = list < 0 ? '' : String(lists[list]!.key);
  switch (kind) {
    case 'ww':
      return `${a} appended to ${key} before ${b}`;
    case 'wr':
      return `${b} saw what ${a} appended to ${key}`;
    case 'rw':
      return unseen
        ? `${a} did not see what ${b} appended to ${key}, and nobody did`
        : `${a} did not see what ${b} appended to ${key}`;
    case 'rt':
      return `${a} had ended before ${b} began`;
  }
}

/** The shortest read that shows what a hop takes for granted of the order of a list. */
function orderShown(
  hop: Hop,
  operations: readonly ListOperation[],
  lists: readonly ListOrder[],
): ListOperation[] {
  if (hop.list < 0) return [];
  const { writers, reads } = lists[hop.list]!;
  const needed = writers.lastIndexOf(operations[hop.kind === 'wr' ? hop.from : hop.to]!) + 1;
  let shortest: (typeof reads)[number] | undefined;
  for (const read of reads) {
    if (read.position >= needed && (!shortest || read.position < shortest.position)) shortest = read;
  }
  return shortest ? [shortest.operation] : [];
}
