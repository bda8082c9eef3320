import type { Ask } from './answers/answer.js';

/** A question that users of dqlite ask in public. */
export interface Question {
  question: string;
  /** Where it was asked, as `owner/repository#number`. */
  threads: readonly string[];
  /** What it was last seen with, as far as the threads say. */
  seenWith: string;
  /** The scenarios that put it to a cluster, by name. */
  scenarios: readonly string[];
  ask: Ask;
}
