import { groupBy } from '../../../common/group.js';
import type { Dataset } from '../../../dataset/open.js';
import { orNone } from '../../../results/core/query.js';
import type { Shipped } from '../../shipped.js';

/** What was measured in one case. */
export interface Answer {
  /** What was done to the cluster, or looked at: the same words on every release. */
  readonly about: string;
  readonly found: string;
}

/** What was measured, by release of Debian. */
export type Answers = ReadonlyMap<string, readonly Answer[]>;

/** Asks datasets; of a release that is not in the answer, nothing was measured. */
export type Ask = (shipped: Shipped) => Promise<Answers>;

/** Answers for each release: the first dataset of this list in which the query finds rows of a release answers for it. */
export function byRelease<T extends { debian_release: string | null }>(
  query: (data: Dataset) => Promise<readonly T[]>,
  answersTo: (same: readonly T[]) => readonly Answer[],
  asked: keyof Shipped = 'times',
): Ask {
  return async (shipped) => {
    const answers = new Map<string, readonly Answer[]>();
    for (const data of shipped[asked]) {
      const rows = await orNone(query(data));
      for (const [release, same] of groupBy(rows, ({ debian_release }) => debian_release ?? 'unknown'))
        if (!answers.has(release)) answers.set(release, answersTo(same));
    }
    return answers;
  };
}

/** Several answers, one after the other, for each release that has any. */
export function together(...asks: readonly Ask[]): Ask {
  return async (shipped) => {
    const answers = await Promise.all(asks.map((ask) => ask(shipped)));
    const releases = new Set(answers.flatMap((one) => [...one.keys()]));
    return new Map(
      [...releases].map((release) => [release, answers.flatMap((one) => one.get(release) ?? [])]),
    );
  };
}

/** For each release the first of these answers that it has. */
export function otherwise(...asks: readonly Ask[]): Ask {
  return async (shipped) => {
    const answers = await Promise.all(asks.map((ask) => ask(shipped)));
    return new Map(answers.toReversed().flatMap((one) => [...one]));
  };
}
