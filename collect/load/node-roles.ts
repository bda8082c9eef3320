import type { MemberRole } from '../dqlite/client.js';
import type { NodeSettings } from './node-settings.js';

/** Room for the data of a node where a fault needs a file system of its own, MiB. */
export const DEFAULT_VOLUME_MB = 512;

/** The names of a cluster's nodes, in the order in which they are started. */
export function nodeNames({ count = 3 }: NodeSettings = {}): string[] {
  return Array.from({ length: count }, (_, i) => `raft${i + 1}`);
}

/** What each node is once all are there, in the order of their names. */
export function rolesOf(settings: NodeSettings = {}): MemberRole[] {
  const voters = votersOf(settings);
  return nodeNames(settings).map((_, i) => {
    if (i < voters) return 'voter';
    return i < voters + (settings.standbys ?? 3) ? 'standby' : 'spare';
  });
}

/** How many nodes vote once all are there. */
export function votersOf({ count = 3, voters = 3 }: NodeSettings = {}): number {
  return Math.min(count, voters);
}
