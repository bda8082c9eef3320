/** How often at most a smaller set is tried: enough for a few hundred operations. */
const TRIES = 2000;

/**
 * The fewest items found of which `holds` is still true, by leaving out ever smaller parts (Zeller's ddmin): none of
 * those that are left can be left out alone, unless the tries ran out. `holds(items)` is taken to be true.
 */
export function shrink<T>(items: readonly T[], holds: (fewer: readonly T[]) => boolean): readonly T[] {
  let left = items;
  let tries = 0;
  let size = Math.ceil(left.length / 2);
  while (size > 0 && tries < TRIES) {
    let removed = false;
    for (let from = 0; from < left.length && tries < TRIES; ) {
      const fewer = [...left.slice(0, from), ...left.slice(from + size)];
      tries++;
      if (fewer.length > 0 && holds(fewer)) {
        left = fewer;
        removed = true;
      } else from += size;
    }
    if (size === 1 && !removed) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return left;
}
