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

type Query<T> = (data: Dataset) => Promise<readonly T[]>;
type AnswersTo<T> = (same: readonly T[]) => readonly Answer[];

/** Answers for each release: the first dataset of this list in which the query finds rows of a release answers for it. */
export function byRelease<T extends { debian_release: string | null }>(
  query: Query<T>,
  answersTo: AnswersTo<T>,
  asked: keyof Shipped = 'times',
): Ask {
  return async (shipped) => firstKnown(await ofEach(query, answersTo, shipped[asked]));
}

/**
 * The same, to compare releases: a case that another dataset has on more of them is that dataset’s on all that it has, so
 * that a row is of runs that were made together.
 */
export function byCase<T extends { debian_release: string | null }>(
  query: Query<T>,
  answersTo: AnswersTo<T>,
  asked: keyof Shipped = 'times',
): Ask {
  return async (shipped) => {
    const each = await ofEach(query, answersTo, shipped[asked]);
    const widest = (about: string) => each.reduce((a, b) => (known(b, about) > known(a, about) ? b : a));
    return new Map(
      [...firstKnown(each)].map(([release, same]) => {
        const cases = [...new Set(same.map(({ about }) => about))];
        const answers = cases.flatMap((about) => {
          const together = (widest(about).get(release) ?? []).filter((one) => one.about === about);
          return together.length > 0 ? together : same.filter((one) => one.about === about);
        });
        return [release, answers];
      }),
    );
  };
}

/** What each dataset answers. */
function ofEach<T extends { debian_release: string | null }>(
  query: Query<T>,
  answersTo: AnswersTo<T>,
  datasets: readonly Dataset[],
): Promise<Answers[]> {
  return Promise.all(
    datasets.map(async (data) => {
      const rows = groupBy(await orNone(query(data)), ({ debian_release }) => debian_release ?? 'unknown');
      return new Map([...rows].map(([release, same]) => [release, answersTo(same)]));
    }),
  );
}

const firstKnown = (each: readonly Answers[]): Answers =>
  new Map(each.toReversed().flatMap((answers) => [...answers]));

/** On how many releases there is an answer about a case. */
const known = (answers: Answers, about: string): number =>
  [...answers.values()].filter((same) => same.some((one) => one.about === about)).length;

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
    return firstKnown(await Promise.all(asks.map((ask) => ask(shipped))));
  };
}
