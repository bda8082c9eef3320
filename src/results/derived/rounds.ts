import { groupBy } from '../../common/group.js';
import type { Queryable } from '../core/query.js';
import { type OutageGroup, type OutageTrial, outageGroups } from '../outages.js';

/** Outages further apart than this, in s, are of different rounds of connecting: half a dial time-out of go-dqlite. */
const APART_S = 2.5;
/** Fewer trials than this do not show how many rounds there are. */
const LEAST_TRIALS = 5;

/** Trials of a crash whose clients waited for about as long. */
export interface Round {
  group: OutageGroup;
  trials: OutageTrial[];
}

/** How long clients waited after a crash, when the leader's address is gone for good. */
export async function crashRounds(data: Queryable): Promise<Round[]> {
  const gone = (await outageGroups(data)).filter(
    ({ fault, lifted, trials }) => fault === 'crash' && !lifted && trials.length >= LEAST_TRIALS,
  );
  return gone.flatMap((group) => roundsOf(group.trials).map((trials) => ({ group, trials })));
}

/** The trials in groups of about the same outage, the shortest first. */
export function roundsOf<T extends Pick<OutageTrial, 'outage_s'>>(trials: readonly T[]): T[][] {
  const sorted = trials.toSorted((a, b) => a.outage_s - b.outage_s);
  let round = 0;
  const numbered = sorted.map((trial, i) => {
    if (i > 0 && trial.outage_s - sorted[i - 1]!.outage_s > APART_S) round++;
    return { trial, round };
  });
  return [...groupBy(numbered, (one) => one.round).values()].map((group) => group.map((one) => one.trial));
}
