/** What tslab finds at a place of a cell: each of `candidates` may take the place of what is from `start` to `end`. */
export interface Completions {
  start: number;
  end: number;
  candidates: string[];
  /** What TypeScript found. */
  original?: {
    entries: readonly { kind: string }[];
    optionalReplacementSpan?: { start: number; length: number };
  };
}

/**
 * Of what is found for a string, such as the name of a figure, what fits what is typed of it, to be put in its place:
 * tslab would have every name put behind that.
 */
export function withinString(source: string, position: number, found: Completions): Completions {
  const { original } = found;
  if (!original?.entries.length || !original.entries.every(({ kind }) => kind === 'string')) return found;
  const typed = /[^'"`]*$/.exec(source.slice(0, position))![0];
  const { start, length } = original.optionalReplacementSpan ?? {
    start: position - typed.length,
    length: typed.length,
  };
  const holds = found.candidates.filter((name) => name.includes(typed));
  const begins = (name: string) => Number(name.startsWith(typed));
  return {
    ...found,
    start,
    end: start + length,
    candidates: holds.toSorted((a, b) => begins(b) - begins(a)),
  };
}
