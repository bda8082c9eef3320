/**
 * A mistake that the user can mend. The message says what was wrong, where, what was expected and what to do;
 * the command line prints it without a stack trace and ends with 1.
 */
export class UserError extends Error {
  override name = 'UserError';
}

/** The closest of `known` to `word` (fewest edits), or undefined when none is near. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of known) {
    const distance = edits(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** More names than this are not read: of so many, the nearest are told. */
const MOST_NAMES = 60;
const NEAREST = 5;

/** An error for a name that does not exist: the closest match, and the names that do exist, or of very many the nearest. */
export function unknownName(kind: string, name: string, known: readonly string[]): UserError {
  const near = closest(name, known);
  const hint = near ? ` (did you mean ${near}?)` : '';
  return new UserError(`unknown ${kind}: ${name}${hint}\n${names(name, known)}`);
}

function names(name: string, known: readonly string[]): string {
  if (known.length <= MOST_NAMES) return `There are: ${known.join(', ')}`;
  const away = new Map(known.map((one) => [one, edits(name.toLowerCase(), one.toLowerCase())]));
  const nearest = known.toSorted((a, b) => away.get(a)! - away.get(b)!).slice(0, NEAREST);
  return `The nearest of ${known.length}: ${nearest.join(', ')}`;
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, swap));
    }
    row = next;
  }
  return row[b.length]!;
}
