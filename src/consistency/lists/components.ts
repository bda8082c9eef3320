import stronglyConnectedComponents from 'strongly-connected-components';
import type { Edges } from './edges.js';

/** Nodes that reach each other, and the edges between them, as indices. */
export interface Component {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/** The groups of nodes that reach each other along edges: without any, the operations have an order. */
export function componentsOf(all: Pick<Edges, 'nodes' | 'from' | 'to'>): Component[] {
  const between = edgesAmong(all, inOrBehindCircles(all));
  if (between.length === 0) return [];
  const { nodes, from, to } = all;
  const originals = [...new Set(between.flatMap((edge) => [from[edge]!, to[edge]!]))];
  const numbers = new Map(originals.map((node, i) => [node, i]));
  const adjacency: number[][] = originals.map(() => []);
  for (const edge of between) adjacency[numbers.get(from[edge]!)!]!.push(numbers.get(to[edge]!)!);
  const large = stronglyConnectedComponents(adjacency).components.filter(({ length }) => length > 1);
  const member = new Int32Array(nodes).fill(-1);
  const components = large.map((component, i) => {
    const own = component.map((at) => originals[at]!);
    for (const node of own) member[node] = i;
    return { nodes: own, edges: [] as number[] };
  });
  for (const edge of between) {
    const component = member[from[edge]!]!;
    if (component >= 0 && component === member[to[edge]!]) components[component]!.edges.push(edge);
  }
  return components;
}

/** 1 for each node that is left when nodes which no edge leads to are taken away, again and again: mostly none is. */
function inOrBehindCircles({ nodes, from, to }: Pick<Edges, 'nodes' | 'from' | 'to'>): Uint8Array {
  const first = new Int32Array(nodes + 1);
  const incoming = new Int32Array(nodes);
  for (let i = 0; i < from.length; i++) {
    first[from[i]! + 1]!++;
    incoming[to[i]!]!++;
  }
  for (let node = 0; node < nodes; node++) first[node + 1]! += first[node]!;
  const targets = new Int32Array(from.length);
  const filled = first.slice(0, nodes);
  for (let i = 0; i < from.length; i++) targets[filled[from[i]!]!++] = to[i]!;
  const left = new Uint8Array(nodes).fill(1);
  const free = new Int32Array(nodes);
  let count = 0;
  const take = (node: number) => {
    left[node] = 0;
    free[count++] = node;
  };
  for (let node = 0; node < nodes; node++) if (incoming[node] === 0) take(node);
  for (let i = 0; i < count; i++) {
    for (let j = first[free[i]!]!; j < first[free[i]! + 1]!; j++) {
      const target = targets[j]!;
      incoming[target]!--;
      if (incoming[target] === 0) take(target);
    }
  }
  return left;
}

function edgesAmong({ from, to }: Pick<Edges, 'from' | 'to'>, member: Uint8Array): number[] {
  const among: number[] = [];
  for (let i = 0; i < from.length; i++) if (member[from[i]!] === 1 && member[to[i]!] === 1) among.push(i);
  return among;
}
