/** What a node answers to reads by itself, without its database. */
export interface Answers {
  /** The whole answer to a read, or undefined where the database is to be asked. */
  answer(question: string): Buffer | undefined;
  /** What the database answered. */
  learn(question: string, answer: Buffer): void;
}

/** Always asks the database. */
export const honest: Answers = { answer: () => undefined, learn: () => {} };

export interface OldCopyOptions {
  /** Which reads are answered from the copy: every so manieth. */
  readonly every: number;
  /** How old the copy is. */
  readonly behindMs: number;
  readonly nowMs?: () => number;
}

/** Answers some reads from a copy of a while ago: by what the database answered last to the same question before then. */
export function oldCopy({ every, behindMs, nowMs = Date.now }: OldCopyOptions): Answers {
  const known = new Map<string, { at: number; answer: Buffer }[]>();
  let reads = 0;
  return {
    answer(question) {
      reads += 1;
      if (reads % every !== 0) return undefined;
      return known.get(question)?.findLast(({ at }) => at <= nowMs() - behindMs)?.answer;
    },
    learn(question, answer) {
      const before = known.get(question) ?? [];
      // of what is older than the copy, the newest is enough
      const needed = before.findLastIndex(({ at }) => at <= nowMs() - behindMs);
      known.set(question, [...before.slice(Math.max(0, needed)), { at: nowMs(), answer }]);
    },
  };
}
