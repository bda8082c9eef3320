import stronglyConnectedComponents from 'strongly-connected-components';
import type { Edges } from './edges.js';

/** Nodes that reach each other, and the edges between them, as indices. */
export interface Component {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/** The groups of nodes that reach each other along edges: without any, the operations have an order. */
export function componentsOf({ nodes, from, to }: Edges): Component[] {
  const adjacency: number[][] = Array.from({ length: nodes }, () => []);
  for (let i = 0; i < from.length; i++) adjacency[from[i]!]!.push(to[i]!);
  const large = stronglyConnectedComponents(adjacency).components.filter(({ length }) => length > 1);
  if (large.length === 0) return [];
  const member = new Int32Array(nodes).fill(-1);
  large.forEach((component, i) => {
    for (const node of component) member[node] = i;
  });
  const edges: number[][] = large.map(() => []);
  for (let i = 0; i < from.length; i++) {
    const component = member[from[i]!]!;
    if (component >= 0 && component === member[to[i]!]) edges[component]!.push(i);
  }
  return large.map((component, i) => ({ nodes: component, edges: edges[i]! }));
}
