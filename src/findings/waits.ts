import { groupBy } from '../common/group.js';
import { lossWords } from '../figures/parts/words.js';
import type { Queryable } from '../results/core/query.js';
import { type Waits, waitsOf } from '../results/core/waits.js';
import { type OutageGroup, outageGroups } from '../results/outages.js';

/** For how long clients waited after one way of losing the leader, by version of dqlite. */
export interface Wait {
  /** The loss in words. */
  loss: string;
  fault: string;
  lifted: boolean;
  versions: { version: string; groups: OutageGroup[]; outage: Waits }[];
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
      outage: allOf(same),
    })),
  }));
}

/** The outages of several groups as one distribution. */
export function allOf(groups: readonly OutageGroup[]): Waits {
  return waitsOf(groups.flatMap(({ outage }) => outage.waits));
}

/** `dqlite 1.18.1`, as people name it, without the package's revision. */
export function versionWords({ dqlite_version, debian_release }: OutageGroup): string {
  return dqlite_version ? `dqlite ${dqlite_version.split('-')[0]}` : (debian_release ?? 'dqlite');
}
