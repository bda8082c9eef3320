import { groupBy } from '../../../common/group.js';
import type { Dataset } from '../../../dataset/open.js';
import { MissingData } from '../../../results/core/query.js';

/** What was measured, by release of Debian. */
export type Answers = ReadonlyMap<string, string>;

/** Asks a dataset; of a release that is not in the answer, nothing was measured. */
export type Ask = (data: Dataset) => Promise<Answers>;

/** Words for each release; where the dataset has none of what is asked, none. */
export function byRelease<T extends { debian_release: string | null }>(
  query: (data: Dataset) => Promise<readonly T[]>,
  words: (same: readonly T[]) => string,
): Ask {
  return async (data) => {
    const rows = await query(data).catch((error): T[] => {
      if (error instanceof MissingData) return [];
      throw error;
    });
    return new Map(
      [...groupBy(rows, ({ debian_release }) => debian_release ?? 'unknown')].map(([release, same]) => [
        release,
        words(same),
      ]),
    );
  };
}

/** Several answers, one after the other, for each release that has any. */
export function together(...asks: readonly Ask[]): Ask {
  return async (data) => {
    const answers = await Promise.all(asks.map((ask) => ask(data)));
    const releases = new Set(answers.flatMap((one) => [...one.keys()]));
    return new Map(
      [...releases].map((release) => [release, answers.flatMap((one) => one.get(release) ?? []).join('; ')]),
    );
  };
}
