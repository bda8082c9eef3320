/**
 * The values of a column as danfojs takes them: a missing number is NaN, since it takes null for 0 in a mean, and a
 * bigint, which it does not know, is text.
 */
export function forDanfo(values: readonly unknown[]): unknown[] {
  const numbers = values.every((value) => typeof value === 'number' || value === null);
  return values.map((value) => {
    if (typeof value === 'bigint') return String(value);
    return numbers ? (value ?? Number.NaN) : value;
  });
}
