import { endOf, type ListOperation } from '../history.js';
import type { Component } from './components.js';
import { EDGE_KINDS, type EdgeKind, type Edges } from './edges.js';

/** One step of a cycle: the operation at `from` must come before the one at `to`. */
export interface Hop {
  readonly from: number;
  readonly to: number;
  readonly kind: Exclude<EdgeKind, 'via'>;
  /** The list that it is about, or -1. */
  readonly list: number;
  /** Whether it leads to an append that nobody saw. */
  readonly unseen: boolean;
}

/** Which hops a path may have. */
export interface Allowed {
  readonly kinds: ReadonlySet<Hop['kind']>;
  /** Whether one `rw` may follow another. */
  readonly adjacent: boolean;
}

/** How a node was reached, and by way of which. */
interface Step {
  readonly hop: Hop;
  readonly before: number | undefined;
}

/** Shortest paths between the operations of a component. */
export class Paths {
  private readonly out = new Map<number, Hop[]>();
  private readonly byBegin: readonly number[];
  private readonly operations: readonly ListOperation[];
  /** How many nodes were looked at, over all searches. */
  visits = 0;

  constructor({ operations, from, to, kind, list, unseen }: Edges, component: Component) {
    this.operations = operations;
    const real = (node: number) => node < operations.length;
    const tails = new Map<number, number[]>();
    for (const edge of component.edges) {
      const [a, b] = [from[edge]!, to[edge]!];
      if (real(a) || !real(b) || list[edge]! < 0) continue;
      const targets = tails.get(a);
      if (targets) targets.push(b);
      else tails.set(a, [b]);
    }
    for (const edge of component.edges) {
      const [a, b, name] = [from[edge]!, to[edge]!, EDGE_KINDS[kind[edge]!]!];
      if (!real(a) || name === 'via' || name === 'rt') continue;
      const targets = real(b) ? [b] : (tails.get(b) ?? []);
      for (const target of targets) {
        if (target !== a)
          this.add({ from: a, to: target, kind: name, list: list[edge]!, unseen: unseen[edge] === 1 });
      }
    }
    this.byBegin = component.nodes
      .filter(real)
      .sort((a, b) => operations[a]!.invoked_ns - operations[b]!.invoked_ns);
  }

  /** All hops but those by time. */
  hops(): Hop[] {
    return [...this.out.values()].flat();
  }

  /** The fewest hops that lead from `start.to` back to `start.from`; undefined where there are none. */
  back(start: Hop, allowed: Allowed): Hop[] | undefined {
    const first = { node: start.to, rw: start.kind === 'rw' };
    const came = new Map<number, Step>();
    const key = (node: number, rw: boolean) => 2 * node + (rw && !allowed.adjacent ? 1 : 0);
    const queue = [first];
    const origin = key(first.node, first.rw);
    const met = new Set([origin]);
    let later = this.byBegin.length;
    for (let i = 0; i < queue.length; i++) {
      const { node, rw } = queue[i]!;
      const here = key(node, rw);
      this.visits++;
      const take = (hop: Hop): Hop[] | undefined => {
        if (!allowed.adjacent && hop.kind === 'rw' && (rw || (hop.to === start.from && start.kind === 'rw')))
          return undefined;
        const next = key(hop.to, hop.kind === 'rw');
        if (met.has(next)) return undefined;
        met.add(next);
        came.set(next, { hop, before: here === origin ? undefined : here });
        queue.push({ node: hop.to, rw: hop.kind === 'rw' });
        return hop.to === start.from ? pathTo(next, came) : undefined;
      };
      for (const hop of this.out.get(node) ?? []) {
        const found = allowed.kinds.has(hop.kind) ? take(hop) : undefined;
        if (found) return found;
      }
      if (!allowed.kinds.has('rt')) continue;
      const end = endOf(this.operations[node]!);
      for (; later > 0 && this.operations[this.byBegin[later - 1]!]!.invoked_ns > end; later--) {
        const to = this.byBegin[later - 1]!;
        if (to === node) continue;
        const found = take({ from: node, to, kind: 'rt', list: -1, unseen: false });
        if (found) return found;
      }
    }
    return undefined;
  }

  private add(hop: Hop): void {
    const hops = this.out.get(hop.from);
    if (hops) hops.push(hop);
    else this.out.set(hop.from, [hop]);
  }
}

function pathTo(end: number, came: ReadonlyMap<number, Step>): Hop[] {
  const path: Hop[] = [];
  for (let at: number | undefined = end; at !== undefined; ) {
    const step: Step = came.get(at)!;
    path.push(step.hop);
    at = step.before;
  }
  return path.reverse();
}
