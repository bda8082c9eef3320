import { groupBy } from '../../../common/group.js';
import type { Dataset } from '../../../dataset/open.js';
import { orNone } from '../../../results/core/query.js';
import type { Shipped } from '../../shipped.js';

/** What was measured, by release of Debian. */
export type Answers = ReadonlyMap<string, string>;

/** Asks datasets; of a release that is not in the answer, nothing was measured. */
export type Ask = (shipped: Shipped) => Promise<Answers>;

/** Words for each release, from the first dataset of those `asked` that has any of what is queried for it. */
export function byRelease<T extends { debian_release: string | null }>(
  query: (data: Dataset) => Promise<readonly T[]>,
  words: (same: readonly T[]) => string,
  asked: keyof Shipped = 'times',
): Ask {
  return async (shipped) => {
    const answers = new Map<string, string>();
    for (const data of shipped[asked]) {
      const rows = await orNone(query(data));
      for (const [release, same] of groupBy(rows, ({ debian_release }) => debian_release ?? 'unknown'))
        if (!answers.has(release)) answers.set(release, words(same));
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
      [...releases].map((release) => [release, answers.flatMap((one) => one.get(release) ?? []).join('; ')]),
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
