import { groupBy } from '../common/group.js';
import { lossWords } from '../figures/parts/words.js';
import type { Queryable } from '../results/core/query.js';
import { type OutageGroup, type OutageTrial, outageGroups } from '../results/outages.js';

/** For how long clients waited after one way of losing the leader, by version of dqlite. */
export interface Wait {
  /** The loss in words. */
  loss: string;
  fault: string;
  lifted: boolean;
  versions: { version: string; groups: OutageGroup[]; words: string }[];
}

/** Every way in which the leader was lost, with how long clients of each version waited. */
export async function waits(data: Queryable): Promise<Wait[]> {
  const groups = await outageGroups(data);
  return [...groupBy(groups, lossWords)].map(([loss, ofLoss]) => ({
    loss,
    fault: ofLoss[0]!.fault,
    lifted: ofLoss[0]!.lifted,
    versions: [...groupBy(ofLoss, versionWords)].map(([version, same]) => ({
      version,
      groups: same,
      words: waitWords(same.flatMap(({ trials }) => trials)),
    })),
  }));
}

/** `dqlite 1.18.1`, as people name it, without the package's revision. */
export function versionWords({ dqlite_version, debian_release }: OutageGroup): string {
  return dqlite_version ? `dqlite ${dqlite_version.split('-')[0]}` : (debian_release ?? 'dqlite');
}

/** `5.2 to 15.6 s`; `≥ 10.5 s` where it was the lift that ended it; both, with how many trials, where trials differ. */
export function waitWords(trials: readonly OutageTrial[]): string {
  const [lifted, own] = [trials.filter(endedByLift), trials.filter((trial) => !endedByLift(trial))];
  const times = (of: readonly OutageTrial[]) => seconds(of.map(({ outage_s }) => outage_s));
  if (own.length === 0) return `≥ ${times(lifted)}`;
  if (lifted.length === 0) return times(own);
  return `${times(own)} (${own.length} of ${trials.length} trials), ≥ ${times(lifted)} (${lifted.length})`;
}

/** A lift is recorded once it is done; the clients may have gone on since it began. */
const LIFTING_S = 0.25;

/** Whether clients went on only when the fault, or the run, was over: without that they might have waited longer. */
export function endedByLift({ outage_s, lift_s, recovered }: OutageTrial): boolean {
  return !recovered || (lift_s !== null && outage_s > lift_s - LIFTING_S);
}

/** `5.2 s`, or `5.2 to 15.6 s`. */
export function seconds(values: readonly number[]): string {
  const [least, most] = [Math.min(...values).toFixed(1), Math.max(...values).toFixed(1)];
  return least === most ? `${least} s` : `${least} to ${most} s`;
}
