/** `n` normally distributed numbers from uniform ones in (0, 1) (Box and Muller). */
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
