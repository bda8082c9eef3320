/** What the benchmarks print: a figure beside its bar; the exit code is 1 when one does not hold. */
export function verdict(what: string, value: number, unit: string, bar: number): void {
  const holds = value <= bar;
  print(
    `${what}: ${Number(value.toPrecision(3))} ${unit} (bar: ${bar} ${unit}) ${holds ? 'holds' : 'DOES NOT HOLD'}`,
  );
  if (!holds) process.exitCode = 1;
}

/** By nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1]!;
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
