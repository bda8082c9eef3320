import { MissingData, type Queryable } from '../results/core/query.js';
import { crashRounds } from '../results/derived/rounds.js';
import { markdown, range } from './markdown.js';

/** How long clients waited after a crash, when the leader's address is gone for good, by when a new leader was known. */
export async function roundsTable(data: Queryable): Promise<string> {
  const rounds = await crashRounds(data);
  if (rounds.length === 0) throw new MissingData('too few trials of a crash that was not lifted');
  const rows = rounds.map(({ group, trials }) => [
    `${group.go_dqlite_version} (${group.debian_release})`,
    range(trials.map((trial) => trial.outage_s)),
    String(trials.length),
    range(trials.flatMap((trial) => trial.new_leader_s ?? [])),
  ]);
  return markdown(['go-dqlite', 'outage, s', 'trials', 'where a new leader was known after, s'], rows);
}
