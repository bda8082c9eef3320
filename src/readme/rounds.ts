import { type OutageTrial, outages } from '../analysis/outage.js';
import type { Queryable } from '../analysis/question.js';
import { groupBy } from '../common/group.js';
import { markdown } from './markdown.js';

/** Outages further apart than this, in s, are of different rounds of connecting: half a dial time-out of go-dqlite. */
const APART_S = 2.5;
/** Fewer trials than this do not show how many rounds there are. */
const LEAST_TRIALS = 5;

/** How long clients waited after a crash, when the leader's address is gone for good, by when a new leader was known. */
export async function roundsTable(data: Queryable): Promise<string> {
  const gone = (await outages(data)).filter(
    ({ fault, lifted, trials }) => fault === 'crash' && !lifted && trials.length >= LEAST_TRIALS,
  );
  const rows = gone.flatMap((group) =>
    roundsOf(group.trials).map((round) => [
      `${group.go_dqlite_version} (${group.debian_release})`,
      range(round.map((trial) => trial.outage_s)),
      String(round.length),
      range(round.flatMap((trial) => trial.new_leader_s ?? [])),
    ]),
  );
  return markdown(['go-dqlite', 'outage, s', 'trials', 'where a new leader was known after, s'], rows);
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

/** `5.2`, or `10.2 to 15.6`. */
function range(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const [least, most] = [Math.min(...values).toFixed(1), Math.max(...values).toFixed(1)];
  return least === most ? least : `${least} to ${most}`;
}
