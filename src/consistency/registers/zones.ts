import type { Value } from '../history.js';
import type { Effect, KeyHistory } from './key-history.js';

/**
 * When a register had to hold a value (Gibbons and Korach 1997). Where `start` < `end` (a forward zone) it held it from
 * `start`, when the first operation that wrote or met it had ended, to `end`, when the last one began. Else all of these
 * operations overlap (a backward zone), and it held it at some instant from `end` to `start`.
 */
export interface Zone {
  readonly value: Value;
  /** What wrote it; undefined for what was there at first. */
  readonly writer: Effect | undefined;
  /** What met it, by the time it began. */
  readonly met: readonly Effect[];
  readonly start: number;
  readonly end: number;
  /** What ended at `start`, and what began at `end`. */
  readonly first: Effect | undefined;
  readonly last: Effect | undefined;
}

/** Two values that the register would have had to hold at once. */
export interface Overlap {
  /** Holds from its start to its end. */
  readonly outer: Zone;
  /** Has to hold, too, within that time. */
  readonly inner: Zone;
}

/**
 * The zones of a register's values, which are unique. What was met and never written, or before it was written, is
 * left out: that is said elsewhere.
 */
export function zonesOf({ effects, initial }: KeyHistory): Map<Value, Zone> {
  const writers = new Map<Value, Effect | undefined>([[initial, undefined]]);
  const met = new Map<Value, Effect[]>();
  for (const effect of effects) if (effect.writes !== undefined) writers.set(effect.writes, effect);
  for (const effect of effects) {
    const { needs, optional } = effect;
    if (needs === undefined || optional || !writers.has(needs)) continue;
    const writer = writers.get(needs);
    if (writer && effect.end < writer.begin) continue;
    const group = met.get(needs);
    if (group) group.push(effect);
    else met.set(needs, [effect]);
  }
  const zones = new Map<Value, Zone>();
  for (const [value, writer] of writers) {
    const group = (met.get(value) ?? []).sort((a, b) => a.begin - b.begin);
    if (writer?.optional && group.length === 0) continue;
    zones.set(value, zone(value, writer, group));
  }
  return zones;
}

/**
 * Pairs of values whose zones contradict each other, in linear time after sorting: each zone that does so with any
 * other is in at least one of them. Without any, there is an order of the writes and reads that explains all.
 */
export function overlaps(zones: Iterable<Zone>): Overlap[] {
  const all = [...zones];
  const forward = all.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
  const backward = all.filter(({ start, end }) => start >= end).sort((a, b) => a.end - b.end);
  const found: Overlap[] = [];
  let longest: Zone | undefined;
  for (const zone of forward) {
    if (longest && zone.start < longest.end) found.push({ outer: longest, inner: zone });
    if (!longest || zone.end > longest.end) longest = zone;
  }
  let next = 0;
  longest = undefined;
  for (const zone of backward) {
    for (; next < forward.length && forward[next]!.start < zone.end; next++) {
      if (!longest || forward[next]!.end > longest.end) longest = forward[next]!;
    }
    if (longest && zone.start < longest.end) found.push({ outer: longest, inner: zone });
  }
  return found;
}

function zone(value: Value, writer: Effect | undefined, met: readonly Effect[]): Zone {
  let start = writer ? writer.end : Number.NEGATIVE_INFINITY;
  let end = writer ? writer.begin : Number.NEGATIVE_INFINITY;
  let [first, last] = [writer, writer];
  for (const effect of met) {
    if (effect.end < start) [start, first] = [effect.end, effect];
    if (effect.begin >= end) [end, last] = [effect.begin, effect];
  }
  return { value, writer, met, start, end, first, last };
}
