/** The Debian releases whose dqlite can be run in containers, oldest first. */
export const RELEASES = ['bookworm', 'trixie', 'sid'] as const;
export type Release = (typeof RELEASES)[number];

export const DEFAULT_RELEASE: Release = 'trixie';
