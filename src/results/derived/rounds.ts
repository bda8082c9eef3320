import type { Queryable } from '../core/query.js';
import { humpsOf } from '../core/waits.js';
import { type OutageGroup, type OutageTrial, outageGroups } from '../outages.js';

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
  return gone.flatMap((group) =>
    humpsOf(group.trials, ({ outage_s }) => outage_s).map((trials) => ({ group, trials })),
  );
}
