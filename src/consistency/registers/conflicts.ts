import type { AnomalyName } from '../anomalies.js';
import type { Key, RegisterOperation, Value } from '../history.js';
import type { Effect, KeyHistory } from './key-history.js';
import { type Overlap, overlaps, type Zone, zonesOf } from './zones.js';

/** Something that cannot be, and the operations that show it. */
export interface Conflict {
  readonly name: AnomalyName;
  readonly key: Key;
  readonly explanation: string;
  readonly operations: readonly RegisterOperation[];
}

/** What of a register can be told to be wrong without a search. */
export function conflictsOf(history: KeyHistory): Conflict[] {
  const found = sourceless(history);
  if (!history.unique) return found;
  const zones = zonesOf(history);
  return [
    ...found,
    ...tooEarly(history),
    ...swappedTwice(history, zones),
    ...refusedWrongly(history, zones),
    ...overlaps(zones.values()).map((overlap) => atOnce(history, zones, overlap)),
  ];
}

function sourceless({ key, initial, effects, failed, dropped }: KeyHistory): Conflict[] {
  const written = new Set<Value>([initial]);
  for (const { writes } of effects) if (writes !== undefined) written.add(writes);
  return effects.flatMap(({ operation, needs, optional }): Conflict[] => {
    if (needs === undefined || optional || written.has(needs)) return [];
    const source = failed.get(needs);
    if (source) {
      const explanation = `${text(needs)} was read, but its write had failed`;
      return [{ name: 'aborted read', key, explanation, operations: [source, operation] }];
    }
    const unsent = dropped.get(needs);
    const explanation = `${text(needs)} was read, but ${unsent ? 'its write was never sent' : 'nobody wrote it'}`;
    const operations = unsent ? [unsent, operation] : [operation];
    return [{ name: 'unwritten value', key, explanation, operations }];
  });
}

function tooEarly({ key, effects }: KeyHistory): Conflict[] {
  const writers = new Map<Value, Effect>();
  for (const effect of effects) if (effect.writes !== undefined) writers.set(effect.writes, effect);
  return effects.flatMap((effect): Conflict[] => {
    const writer = effect.needs === undefined ? undefined : writers.get(effect.needs);
    if (!writer || effect.optional || effect.end >= writer.begin) return [];
    const explanation = `${text(effect.needs!)} was read before its write was sent`;
    const operations = [effect.operation, writer.operation];
    return [{ name: 'read before write', key, explanation, operations }];
  });
}

function swappedTwice({ key }: KeyHistory, zones: ReadonlyMap<Value, Zone>): Conflict[] {
  return [...zones.values()].flatMap((zone): Conflict[] => {
    const swaps = zone.met.filter(({ writes }) => writes !== undefined);
    if (swaps.length < 2) return [];
    const explanation = `${text(zone.value)} was written once, and replaced by compare-and-set more than once`;
    const operations = distinct([zone.writer, ...swaps.slice(0, 2)]);
    return [{ name: 'lost update', key, explanation, operations }];
  });
}

function refusedWrongly({ key, effects }: KeyHistory, zones: ReadonlyMap<Value, Zone>): Conflict[] {
  return effects.flatMap((effect): Conflict[] => {
    const zone = effect.refuses === undefined ? undefined : zones.get(effect.refuses);
    if (!zone || zone.start >= effect.begin || effect.end >= zone.end) return [];
    const explanation = `a compare-and-set that expected ${text(zone.value)} was refused while the register held it`;
    const operations = distinct([zone.writer, zone.first, effect, zone.last]);
    return [{ name: 'stale read', key, explanation, operations }];
  });
}

/** Of two values that the register held at once, one came first, and was still met after the other was there. */
function atOnce({ key }: KeyHistory, zones: ReadonlyMap<Value, Zone>, { outer, inner }: Overlap): Conflict {
  // a backward zone within a forward one never outlives it
  const [older, newer] = inner.start >= inner.end || came(outer, inner) ? [outer, inner] : [inner, outer];
  const late = older.last!;
  const operations = [older.writer, older.first, late, newer.writer, newer.first, newer.last];
  const values = `${text(older.value)} was met after ${text(newer.value)}`;
  if (late.writes !== undefined) {
    const explanation = `${values}, which had taken its place, and was replaced by compare-and-set`;
    return { name: 'lost update', key, explanation, operations: distinct(operations) };
  }
  const again = laterWitness(zones, older, late);
  if (again) {
    const explanation = `${values} was there, which was still there afterwards`;
    const rest = again.value === newer.value ? [] : [again.writer];
    const later = again.met.at(-1);
    return { name: 'stale read', key, explanation, operations: distinct([...operations, ...rest, later]) };
  }
  if (newer.met.length > 0) {
    const explanation = `${values} had been seen, which was not seen again`;
    return { name: 'resurrected write', key, explanation, operations: distinct(operations) };
  }
  const explanation = `${values} had been confirmed, which nobody ever saw`;
  return { name: 'lost write', key, explanation, operations: distinct(operations) };
}

/** Another value, written before `late` began, that was still met after it. */
function laterWitness(zones: ReadonlyMap<Value, Zone>, older: Zone, late: Effect): Zone | undefined {
  for (const zone of zones.values()) {
    if (zone === older || !zone.writer || zone.writer.begin >= late.begin) continue;
    if (came(zone, older)) continue;
    const last = zone.met.at(-1);
    if (last && last.begin > late.end) return zone;
  }
  return undefined;
}

/** Whether `a` came before `b`, as far as their writes tell, else who met them, else their first answers. */
function came(a: Zone, b: Zone): boolean {
  if (!a.writer || !b.writer) return !a.writer;
  if (a.writer.end < b.writer.begin) return true;
  if (b.writer.end < a.writer.begin) return false;
  const [metA, metB] = [firstMet(a), firstMet(b)];
  return metA === metB ? a.start < b.start : metA < metB;
}

function firstMet({ met }: Zone): number {
  return met.reduce((least, { end }) => Math.min(least, end), Number.POSITIVE_INFINITY);
}

function distinct(effects: readonly (Effect | undefined)[]): RegisterOperation[] {
  return [...new Set(effects.flatMap((effect) => effect?.operation ?? []))];
}

function text(value: Value): string {
  return JSON.stringify(value);
}
