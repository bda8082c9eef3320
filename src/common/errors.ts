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

/** An error for a name that does not exist: the ones that do, and the closest match. */
export function unknownName(kind: string, name: string, known: readonly string[]): UserError {
  const near = closest(name, known);
  const hint = near ? ` (did you mean ${near}?)` : '';
  return new UserError(`unknown ${kind}: ${name}${hint}\nThere are: ${known.join(', ')}`);
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
