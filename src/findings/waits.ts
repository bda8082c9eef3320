import { groupBy } from '../common/group.js';
import { lossWords } from '../figures/parts/words.js';
import { orNone, type Queryable } from '../results/core/query.js';
import { type Waits, waitsOf } from '../results/core/waits.js';
import { lengthOf, libraryRelease } from '../results/derived/client-runs.js';
import { type Phase, phaseOf, type Recovery, recoveries } from '../results/derived/recovery.js';
import { type OutageGroup, outageGroups } from '../results/outages.js';
import { LOSSES } from '../vocabulary/faults.js';
import { releaseRank } from '../vocabulary/releases.js';

/** For how long clients waited after one way of losing the leader, by version of dqlite. */
export interface Wait {
  /** The loss in words. */
  loss: string;
  fault: string;
  lifted: boolean;
  /** What they waited for: in 2022’s closed loop for anything to succeed, in the client’s open loop for a write. */
  until: 'anything succeeded' | 'a write succeeded';
  versions: VersionWait[];
}

interface VersionWait {
  /** `dqlite 1.18.1`, as people name it, without the package’s revision. */
  version: string;
  release: string | null;
  wait: Waits;
  new_leader: Waits;
}

type Kind = Pick<Wait, 'fault' | 'lifted'>;
type Versioned = Pick<OutageGroup, 'dqlite_version' | 'debian_release'>;

/** Every way in which the leader was lost in 2022’s benchmark, with for how long no operation of its clients succeeded. */
export async function closedLoopWaits(data: Queryable): Promise<Wait[]> {
  const groups = await orNone(outageGroups(data));
  return waitsBy(groups, 'anything succeeded', (same) => ({
    wait: allOf(same),
    new_leader: waitsOf(same.flatMap(({ new_leader }) => new_leader.waits)),
  }));
}

/**
 * Every way in which clients with an open loop lost the leader, until a write succeeded again: those whose library is of the same
 * release as dqlite, with its own time-outs.
 */
export async function clientWaits(data: Queryable): Promise<Wait[]> {
  const losses: readonly string[] = LOSSES;
  const groups = (await orNone(recoveries(data))).filter(
    (one) =>
      losses.includes(one.fault) &&
      one.arrivals === 'open' &&
      libraryRelease(one) === one.debian_release &&
      !/"(dial|probe|attempt)_timeout_s"/.test(one.client_settings),
  );
  const withLift = groups.map((one) => ({ ...one, lifted: lengthOf(one) !== null }));
  return waitsBy(withLift, 'a write succeeded', (same) => ({
    wait: phaseOfAll(same, 'first_write_s'),
    new_leader: phaseOfAll(same, 'new_leader_s'),
  }));
}

function waitsBy<T extends Kind & Versioned>(
  groups: readonly T[],
  until: Wait['until'],
  waitsOfVersion: (same: readonly T[]) => Pick<VersionWait, 'wait' | 'new_leader'>,
): Wait[] {
  const ways = [...groupBy(groups, ({ fault, lifted }) => `${fault}\n${lifted}`).values()];
  return ways
    .toSorted(([a], [b]) => lossRank(a!) - lossRank(b!))
    .map((ofLoss) => ({
      loss: lossWords(ofLoss[0]!),
      fault: ofLoss[0]!.fault,
      lifted: ofLoss[0]!.lifted,
      until,
      versions: [...groupBy(ofLoss.toSorted(byRelease), versionWords)].map(([version, same]) => ({
        version,
        release: same[0]!.debian_release,
        ...waitsOfVersion(same),
      })),
    }));
}

function byRelease(a: Versioned, b: Versioned): number {
  return releaseRank(a.debian_release) - releaseRank(b.debian_release);
}

/** The losses in the order of the vocabulary; a node that came back after one that did not. */
export function lossRank({ fault, lifted }: Kind): number {
  return 2 * (LOSSES as readonly string[]).indexOf(fault) + Number(lifted);
}

/** The outages of several groups as one distribution. */
export function allOf(groups: readonly OutageGroup[]): Waits {
  return waitsOf(groups.flatMap(({ outage }) => outage.waits));
}

function phaseOfAll(groups: readonly Recovery[], name: Phase): Waits {
  return waitsOf(groups.flatMap((one) => phaseOf(one, name).waits));
}

function versionWords({ dqlite_version: version, debian_release: release }: Versioned): string {
  return version ? `dqlite ${version.split('-')[0]}` : (release ?? 'dqlite');
}
