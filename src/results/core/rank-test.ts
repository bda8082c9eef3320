import { groupBy } from '../../common/group.js';
import { randomFrom, shuffled } from '../../common/random.js';
import type { Waited } from './survival.js';

/** A wait with what is compared, and within what: waits of different strata never are. */
export interface GroupedWait extends Waited {
  readonly group: string;
  readonly stratum: string;
}

const DRAWS = 9999;
const SEED = 20221130;

/**
 * The chance that waits of groups are as far apart as these, or further, if it makes no difference in which group a wait is:
 * a comparison of mean scores within strata, against groups shuffled within strata (Monte Carlo, with a seed of its own, so that
 * the same waits give the same chance). A wait's score is Gehan's (1965): how many of its stratum were shorter for certain, less
 * how many were longer, which are ranks where none is censored.
 * @param draws how often groups are shuffled; the chance is never less than 1 / (draws + 1)
 */
export function rankTest(waits: readonly GroupedWait[], draws = DRAWS): number {
  const strata = [...groupBy(waits, ({ stratum }) => stratum).values()].map((same) => ({
    scores: scores(same),
    groups: same.map(({ group }) => group),
  }));
  const random = randomFrom(SEED);
  const apart = (groupsOf: (groups: readonly string[]) => readonly string[]) =>
    strata.reduce((sum, { scores, groups }) => sum + spread(scores, groupsOf(groups)), 0);
  const seen = apart((groups) => groups);
  let asFar = 1;
  for (let draw = 0; draw < draws; draw++)
    // of sums in another order, the last digits differ
    if (apart((groups) => shuffled(groups, random)) >= seen * (1 - 1e-9)) asFar++;
  return asFar / (draws + 1);
}

function scores(waits: readonly Waited[]): number[] {
  return waits.map((mine) =>
    waits.reduce((sum, other) => sum + Number(isLonger(mine, other)) - Number(isLonger(other, mine)), 0),
  );
}

/** Whether the one surely lasted longer: of a wait that was censored it is known only that it did until then. */
function isLonger(one: Waited, other: Waited): boolean {
  return !other.censored && (other.time < one.time || (one.censored && other.time === one.time));
}

/** How far the mean scores of groups are from that of all, which is 0: squared, and summed over the waits. */
function spread(scores: readonly number[], groups: readonly string[]): number {
  const sums = new Map<string, { sum: number; of: number }>();
  for (const [i, group] of groups.entries()) {
    const { sum, of } = sums.get(group) ?? { sum: 0, of: 0 };
    sums.set(group, { sum: sum + scores[i]!, of: of + 1 });
  }
  return [...sums.values()].reduce((all, { sum, of }) => all + sum ** 2 / of, 0);
}
