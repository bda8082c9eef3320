import type { CheckedRun } from './check-dataset.js';

/** A run's witness as the dataset stores it: JSON with times as whole ns of Unix time; null where there is none. */
export function storedWitness({
  witness,
  first_ns,
}: Pick<CheckedRun, 'witness' | 'first_ns'>): string | null {
  if (witness.length === 0) return null;
  const texts = witness.map(({ sent_ns, done_ns, ...rest }) => {
    const times = { sent_ns: instant(sent_ns), done_ns: done_ns === null ? 'null' : instant(done_ns) };
    const fields = Object.entries(rest).map(([name, value]) => `"${name}":${JSON.stringify(value)}`);
    return `{${[...fields, `"sent_ns":${times.sent_ns}`, `"done_ns":${times.done_ns}`].join(',')}}`;
  });
  return `[${texts.join(',')}]`;

  // as a number it would be cut to the nearest 256 ns
  function instant(ns: number): string {
    return String(first_ns + BigInt(ns));
  }
}
