import { groupBy } from '../../common/group.js';
import { RELEASES, releaseRank } from '../../vocabulary/releases.js';
import { cached, MissingData } from '../core/query.js';
import { rankTest } from '../core/rank-test.js';
import { type Waits, waitsOf } from '../core/waits.js';
import { lengthOf, libraryRelease } from './client-runs.js';
import { phaseOf, type Recovery, recoveries, tookTheLeader } from './recovery.js';

const CROSSING_COMMAND = `npm run collect -- ${RELEASES.map((release) => `crash-leader-client-${release}`).join(' ')} --releases ${RELEASES.join(',')} --trials 10 --duration 35 --out data/library`;

/** A loss of the leader that clients with the libraries of several releases met on the dqlite of several. */
export interface Crossing {
  fault: string;
  lifted: boolean;
  /** By dqlite, and then by library, from old to new. */
  cells: Crossed[];
  /**
   * The chance that waits differ as much between libraries, or more, if these make no difference with the same dqlite. Waits of one
   * hump of all of them are alike: that one dqlite writes some ms faster than another is no difference in how long clients wait.
   */
  byLibrary: number;
  /** Likewise between versions of dqlite, with the same library. */
  byDqlite: number;
}

/** Trials with the same library of the clients and the same dqlite. */
export interface Crossed {
  /** `go-dqlite 1.11.5 (bookworm)`, without the package's revision. */
  library: string;
  /** `dqlite 1.18.1 (trixie)`, likewise. */
  dqlite: string;
  first_write: Waits;
}

/**
 * What of an outage is the library's, and what is dqlite's: when a write succeeded again after the same loss of the leader,
 * with each library on each dqlite.
 * @throws MissingData where clients had but the library of the nodes' release
 */
export const crossings = cached(async (data): Promise<Crossing[]> => {
  const versions = await data.query<{ release: string; version: string | null }>(
    `SELECT debian_release AS release, max(go_dqlite_version) AS version FROM runs
     WHERE debian_release IS NOT NULL GROUP BY ALL`,
  );
  const versionOf = (release: string | null) => versions.find((one) => one.release === release)?.version;
  const open = (await recoveries(data)).filter((one) => one.arrivals === 'open' && tookTheLeader(one));
  const ways = [...groupBy(open, wayOf).values()].filter(isCrossed);
  if (ways.length === 0)
    throw new MissingData(
      `no runs that lost the leader to clients with the libraries of several releases, on the dqlite of several; \`${CROSSING_COMMAND}\` makes them`,
    );
  return ways.map((same) => {
    const cells = same.toSorted(
      (a, b) =>
        releaseRank(a.debian_release) - releaseRank(b.debian_release) ||
        releaseRank(libraryRelease(a)) - releaseRank(libraryRelease(b)),
    );
    const crossed = cells.map((one): Crossed => {
      const library = libraryRelease(one);
      return {
        library: named('go-dqlite', versionOf(library), library),
        dqlite: named('dqlite', one.dqlite_version, one.debian_release),
        first_write: phaseOf(one, 'first_write_s'),
      };
    });
    const { humps } = waitsOf(crossed.flatMap(({ first_write }) => first_write.waits));
    const chance = (group: 'library' | 'dqlite', stratum: 'library' | 'dqlite') =>
      rankTest(
        crossed.flatMap((one) =>
          one.first_write.waits.map(({ time, censored }) => ({
            // one that was censored is longer than the humps before, and nobody knows whether than the next
            ...{ censored, time: humps.filter(({ most }) => most < time).length - (censored ? 0.5 : 0) },
            ...{ group: one[group], stratum: one[stratum] },
          })),
        ),
      );
    return {
      fault: cells[0]!.fault,
      lifted: lengthOf(cells[0]!) !== null,
      cells: crossed,
      byLibrary: chance('library', 'dqlite'),
      byDqlite: chance('dqlite', 'library'),
    };
  });
});

/** What is the same in runs that differ in library and dqlite alone. */
function wayOf({ client_settings, ...one }: Recovery): string {
  const { release: _, ...settings } = JSON.parse(client_settings) as Record<string, unknown>;
  const { campaign, fault, severity, workload, workers, node_settings } = one;
  return JSON.stringify([
    campaign,
    fault,
    lengthOf(one),
    severity,
    workload,
    workers,
    node_settings,
    settings,
  ]);
}

function isCrossed(same: readonly Recovery[]): boolean {
  const libraries = new Set(same.map(libraryRelease));
  const releases = new Set(same.map(({ debian_release }) => debian_release));
  return libraries.size > 1 && releases.size > 1 && same.length === libraries.size * releases.size;
}

function named(program: string, version: string | null | undefined, release: string | null): string {
  return version ? `${program} ${version.split('-')[0]} (${release})` : `${program} of ${release}`;
}
