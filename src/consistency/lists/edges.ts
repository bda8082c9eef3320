import { endOf, type ListOperation } from '../history.js';
import { IntegerRows } from './integer-rows.js';
import type { ListOrder } from './observe.js';

/**
 * Why one operation must come before another: `ww`, its append stands right before the other's; `wr`, the other saw its
 * append; `rw`, it did not see the other's append; `rt`, it had ended before the other began; `via`, on through a node
 * that stands for no operation.
 */
export const EDGE_KINDS = ['ww', 'wr', 'rw', 'rt', 'via'] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** Who must come before whom, and why. */
export interface Edges {
  /** The operations of the first nodes; after them come a tail a list, and the instants at which operations ended. */
  readonly operations: readonly ListOperation[];
  readonly nodes: number;
  /** For each edge its two nodes, its kind's place in EDGE_KINDS, and the list that it is about, or -1. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kind: Int32Array;
  readonly list: Int32Array;
  /** 1 where it leads to an append that nobody saw. */
  readonly unseen: Int32Array;
}

/**
 * The edges between operations. Two sorts of nodes in between keep them few, linear in number in the operations and in
 * what they appended and read: the tail of a list, between who read all that was ever seen of it and the appends that
 * nobody saw; and the instants at which operations ended, each before the next one.
 */
export function edgesBetween(operations: readonly ListOperation[], lists: readonly ListOrder[]): Edges {
  const rows = new IntegerRows(5);
  const add: AddEdge = (from, to, kind, list, unseen) => {
    if (from !== to) rows.add(from, to, EDGE_KINDS.indexOf(kind), list, unseen ? 1 : 0);
  };
  const node = new Map<ListOperation | undefined, number>();
  for (let i = 0; i < operations.length; i++) node.set(operations[i], i);
  lists.forEach((list, i) => {
    edgesOfList(list, i, operations.length + i, (operation) => node.get(operation)!, add);
  });
  const instants = edgesByTime(operations, operations.length + lists.length, add);
  const [from, to, kind, list, unseen] = rows.columns() as [Int32Array, ...Int32Array[]];
  return {
    operations,
    nodes: operations.length + lists.length + instants,
    from,
    to: to!,
    kind: kind!,
    list: list!,
    unseen: unseen!,
  };
}

type AddEdge = (from: number, to: number, kind: EdgeKind, list: number, unseen: boolean) => void;

function edgesOfList(
  { writers, reads, unseen }: ListOrder,
  list: number,
  tail: number,
  nodeOf: (operation: ListOperation) => number,
  add: AddEdge,
): void {
  const nodes = writers.map((writer) => (writer ? nodeOf(writer) : -1));
  // for each number of elements seen, who appended the last of them, and the first one after them
  const before = new Int32Array(writers.length + 1).fill(-1);
  const after = new Int32Array(writers.length + 1).fill(-1);
  nodes.forEach((node, i) => {
    before[i + 1] = node < 0 ? before[i]! : node;
    if (node >= 0 && before[i]! >= 0) add(before[i]!, node, 'ww', list, false);
  });
  for (let i = nodes.length - 1; i >= 0; i--) after[i] = nodes[i]! < 0 ? after[i + 1]! : nodes[i]!;

  const hidden = unseen.map(nodeOf);
  const last = before[writers.length]!;
  for (const node of hidden) {
    if (last >= 0) add(last, node, 'ww', list, true);
    add(tail, node, 'via', list, true);
  }
  const atEnd = new Set<number>();
  for (const { operation, position } of reads) {
    const node = nodeOf(operation);
    if (before[position]! >= 0) add(before[position]!, node, 'wr', list, false);
    if (after[position]! >= 0) add(node, after[position]!, 'rw', list, false);
    else atEnd.add(node);
  }
  if (hidden.length === 0) return;
  // the tail would lead the only reader that made such an append, too, back to itself
  const both = new Set(hidden.filter((node) => atEnd.has(node)));
  for (const node of atEnd) {
    if (both.size !== 1 || !both.has(node)) add(node, tail, 'rw', list, true);
    else for (const other of hidden) add(node, other, 'rw', list, true);
  }
}

/** Adds the edges to and from instants, and returns how many of these there are. */
function edgesByTime(operations: readonly ListOperation[], first: number, add: AddEdge): number {
  const ends = Float64Array.from(operations, endOf);
  const sorted = ends.slice().sort();
  let count = 0;
  for (const end of sorted) {
    if (end < Number.POSITIVE_INFINITY && (count === 0 || end !== sorted[count - 1])) sorted[count++] = end;
  }
  const instants = sorted.subarray(0, count);
  for (let i = 1; i < count; i++) add(first + i - 1, first + i, 'via', -1, false);
  operations.forEach(({ invoked_ns }, node) => {
    if (ends[node]! < Number.POSITIVE_INFINITY) {
      add(node, first + howManyBelow(ends[node]!, instants), 'rt', -1, false);
    }
    const ended = howManyBelow(invoked_ns, instants);
    if (ended > 0) add(first + ended - 1, node, 'via', -1, false);
  });
  return count;
}

/** How many of sorted numbers are smaller. */
function howManyBelow(number: number, sorted: Float64Array): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
