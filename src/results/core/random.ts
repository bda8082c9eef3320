/** A generator of numbers in (0, 1) that a seed determines (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/** `n` normally distributed numbers (Box and Muller). */
export function normals(random: () => number, n: number, mean: number, deviation: number): Float64Array {
  const drawn = new Float64Array(n);
  for (let i = 0; i < n; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(random()));
    const angle = 2 * Math.PI * random();
    drawn[i] = mean + radius * Math.cos(angle);
    if (i + 1 < n) drawn[i + 1] = mean + radius * Math.sin(angle);
  }
  return drawn;
}
