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
 * van Elteren's comparison of mean ranks within strata, against groups shuffled within strata (Monte Carlo, with a seed of
 * its own, so that the same waits give the same chance). Censored waits rank alike, and after all that were over: they are to
 * have been watched for as long as any of these.
 * @param draws how often groups are shuffled; the chance is never less than 1 / (draws + 1)
 */
export function rankTest(waits: readonly GroupedWait[], draws = DRAWS): number {
  const strata = [...groupBy(waits, ({ stratum }) => stratum).values()].map((same) => ({
    ranks: midranks(same),
    groups: same.map(({ group }) => group),
  }));
  const random = randomFrom(SEED);
  const apart = (groupsOf: (groups: readonly string[]) => readonly string[]) =>
    strata.reduce((sum, { ranks, groups }) => sum + spread(ranks, groupsOf(groups)), 0);
  const seen = apart((groups) => groups);
  let asFar = 1;
  for (let draw = 0; draw < draws; draw++)
    // of sums in another order, the last digits differ
    if (apart((groups) => shuffled(groups, random)) >= seen * (1 - 1e-9)) asFar++;
  return asFar / (draws + 1);
}

/** The rank of each, from 1; those that are alike share the mean of theirs. */
function midranks(waits: readonly Waited[]): number[] {
  const lasted = waits.map(({ time, censored }) => (censored ? Infinity : time));
  return lasted.map((mine) => {
    const shorter = lasted.filter((other) => other < mine).length;
    const alike = lasted.filter((other) => other === mine).length;
    return shorter + (alike + 1) / 2;
  });
}

/** How far the mean ranks of groups are from that of all: squared, and summed over the ranks. */
function spread(ranks: readonly number[], groups: readonly string[]): number {
  const sums = new Map<string, { sum: number; of: number }>();
  for (const [i, group] of groups.entries()) {
    const { sum, of } = sums.get(group) ?? { sum: 0, of: 0 };
    sums.set(group, { sum: sum + ranks[i]!, of: of + 1 });
  }
  const middle = (ranks.length + 1) / 2;
  return [...sums.values()].reduce((all, { sum, of }) => all + of * (sum / of - middle) ** 2, 0);
}
