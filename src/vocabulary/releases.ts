/** The Debian releases whose dqlite can be run in containers, oldest first. */
export const RELEASES = ['bookworm', 'trixie', 'sid'] as const;
export type Release = (typeof RELEASES)[number];

/** The place of a release among them; what is none of them comes last. */
export function releaseRank(release: string | null): number {
  const at = (RELEASES as readonly (string | null)[]).indexOf(release);
  return at < 0 ? RELEASES.length : at;
}

/** The release that nodes of this one are upgraded to; undefined where it is the newest. */
export function nextRelease(release: string): Release | undefined {
  const at = RELEASES.indexOf(release as Release);
  return at < 0 ? undefined : RELEASES[at + 1];
}

export const DEFAULT_RELEASE: Release = 'trixie';
