import type { Value } from '../history.js';
import type { Effect } from './key-history.js';
import { type Search, type SearchOptions, searchOrder } from './search.js';

/**
 * Searches an order for some of a register's operations, so that where there is none there is none for all of them
 * either: what they met counts only where everything that wrote it is among them, and whatever else may have been
 * written in between is allowed for.
 */
export function searchPart(
  part: readonly Effect[],
  all: readonly Effect[],
  initial: Value,
  options: SearchOptions,
): Search {
  const kept = new Set(part);
  const missing = new Set<Value>();
  for (const effect of all) {
    if (effect.writes !== undefined && !kept.has(effect)) missing.add(effect.writes);
  }
  const known = part.flatMap((effect): Effect[] => {
    const value = effect.needs ?? effect.refuses;
    if (effect.needs === undefined && effect.refuses === undefined) return [effect];
    if (!missing.has(value!)) return [effect];
    return effect.writes === undefined ? [] : [{ ...effect, needs: undefined }];
  });
  return searchOrder(known, initial, { ...options, others: missing.size > 0 });
}
