import type { Model } from '../../vocabulary/models.js';
import { ANOMALIES, type AnomalyName } from '../anomalies.js';
import type { Component } from './components.js';
import type { Edges } from './edges.js';
import { type Allowed, type Hop, Paths } from './paths.js';

/** Operations each of which must come before the next, and the last before the first. */
export interface Cycle {
  readonly name: AnomalyName;
  readonly hops: readonly Hop[];
  /** The strongest model that allows it. */
  readonly allowedBy: Model;
}

/** The shortest cycles of each name, and whether all were looked at. */
export interface Cycles {
  readonly found: readonly Cycle[];
  readonly exhaustive: boolean;
  /** How many nodes were looked at. */
  readonly visits: number;
}

type Kinds = readonly Hop['kind'][];

interface Search {
  /** The hop that a cycle must have. */
  readonly start: Hop['kind'];
  readonly allowed: Allowed;
}

const search = (start: Hop['kind'], kinds: Kinds, adjacent = true): Search => ({
  start,
  allowed: { kinds: new Set(kinds), adjacent },
});

/**
 * Adya's kinds of cycles, those that leave the weakest model first: G0, G1c, G-single, G-nonadjacent, G2; then the same
 * by way of time, which leave serializability.
 */
const SEARCHES: readonly Search[] = [
  search('ww', ['ww']),
  search('wr', ['ww', 'wr']),
  search('rw', ['ww', 'wr']),
  search('rw', ['ww', 'wr', 'rw'], false),
  search('rw', ['ww', 'wr', 'rw']),
  search('ww', ['ww', 'rt']),
  search('wr', ['ww', 'wr', 'rt']),
  search('rw', ['ww', 'wr', 'rt']),
  search('rw', ['ww', 'wr', 'rw', 'rt']),
];

/**
 * Names the cycles of a component. Each hop is tried with the worst kind of cycle first, and takes part in the first
 * kind that there is.
 * @param limit how many nodes may be looked at
 */
export function cyclesOf(edges: Edges, component: Component, limit: number): Cycles {
  const paths = new Paths(edges, component);
  const shortest = new Map<AnomalyName, Cycle>();
  const open = new Set(paths.hops());
  for (const { start, allowed } of SEARCHES) {
    const taken = new Set<Hop>();
    for (const hop of open) {
      if (hop.kind !== start) continue;
      if (paths.visits > limit) {
        return { found: [...shortest.values()], exhaustive: false, visits: paths.visits };
      }
      const rest = paths.back(hop, allowed);
      if (!rest) continue;
      const hops = [hop, ...rest];
      for (const member of hops) taken.add(member);
      const name = nameOf(hops);
      // what takes their times to contradict leaves an order of the transactions
      const byTime = hops.some(({ kind }) => kind === 'rt');
      const allowedBy = byTime ? 'serializability' : ANOMALIES[name].allowedBy;
      const other = shortest.get(name);
      if (!other || hops.length < other.hops.length) shortest.set(name, { name, hops, allowedBy });
    }
    for (const hop of taken) open.delete(hop);
  }
  return { found: [...shortest.values()], exhaustive: true, visits: paths.visits };
}

function nameOf(hops: readonly Hop[]): AnomalyName {
  const has = (kind: Hop['kind']) => hops.some((hop) => hop.kind === kind);
  const unread = hops.filter(({ kind }) => kind === 'rw');
  if (has('rt')) {
    if (hops.some(({ unseen }) => unseen)) return 'lost write';
    if (unread.length > 0) return 'stale read';
    if (has('wr')) return 'read before write';
    const lists = new Set(hops.filter(({ kind }) => kind === 'ww').map(({ list }) => list));
    return lists.size === 1 ? 'reordered append' : 'write cycle by time';
  }
  if (unread.length === 0) return has('wr') ? 'circular information flow' : 'write cycle';
  if (unread.length === 1) return singleName(hops);
  const apart = hops.every((hop, i) => hop.kind !== 'rw' || hops[(i + 1) % hops.length]!.kind !== 'rw');
  return apart ? 'long fork' : 'write skew';
}

function singleName(hops: readonly Hop[]): AnomalyName {
  if (hops.length > 2) return 'read skew';
  const [a, b] = hops as [Hop, Hop];
  if (a.kind === 'ww' || b.kind === 'ww') return a.list === b.list ? 'lost update' : 'read skew';
  return 'fractured read';
}
