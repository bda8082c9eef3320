import type { MemberRole } from '../dqlite/client.js';
import type { NodeSettings } from './node-settings.js';

/** Room for the data of a node where a fault needs a file system of its own, MiB. */
export const DEFAULT_VOLUME_MB = 512;

/** The names of a cluster's nodes, in the order in which they are started. */
export function nodeNames({ count = 3 }: NodeSettings = {}): string[] {
  return Array.from({ length: count }, (_, i) => `raft${i + 1}`);
}

/** Those that are there from the start: all but the newcomers, which are the last. */
export function startedFirst<T>(nodes: readonly T[], { newcomers = 0 }: NodeSettings = {}): readonly T[] {
  return nodes.slice(0, nodes.length - newcomers);
}

/** What each node is before any newcomer joins, in the order of their names. */
export function rolesOf(settings: NodeSettings = {}): MemberRole[] {
  const voters = votersOf(settings);
  return startedFirst(nodeNames(settings), settings).map((_, i) => {
    if (i < voters) return 'voter';
    return i < voters + (settings.standbys ?? 3) ? 'standby' : 'spare';
  });
}

/** How many nodes vote before any newcomer joins. */
export function votersOf({ count = 3, voters = 3, newcomers = 0 }: NodeSettings = {}): number {
  return Math.min(count - newcomers, voters);
}
