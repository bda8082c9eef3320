import { packagePath } from '../common/paths.js';
import type { Dataset } from '../dataset/open.js';
import { openDataset } from '../results/core/open.js';

/** Datasets by what they can be asked; of several, the first that knows answers. */
export interface Shipped {
  /** Made one run after another on a quiet machine: what they say about times and rates is of the cluster. */
  readonly times: readonly Dataset[];
  /** The same, that with the most ways of losing the leader first, and then that with the most ways to set the client. */
  readonly losses: readonly Dataset[];
  /** The same, those with an open loop first: what they say about what a fault costs is what clients feel. */
  readonly costs: readonly Dataset[];
  /** The same, that with the most trials of slow followers first. */
  readonly followers: readonly Dataset[];
  /** Whose clients recorded all that they wrote and read; also those that were made beside each other. */
  readonly histories: readonly Dataset[];
}

/** The datasets that the project ships, as folders of `data/`. */
export const SHIPPED: Readonly<Record<keyof Shipped, readonly string[]>> = {
  times: [
    'reference',
    'leader-lost',
    'library',
    'faults',
    'settings',
    'silent-loss',
    'slow-follower',
    'sweeps',
    'lengths',
    'partial-failures',
    'releases',
  ],
  losses: ['leader-lost', 'settings', 'library', 'releases', 'faults', 'reference'],
  costs: ['faults', 'reference'],
  followers: ['slow-follower', 'faults', 'reference'],
  histories: ['verdicts', 'verdicts-limits', 'reference'],
};

const SHIPPED_NAMES: readonly string[] = [...new Set(Object.values(SHIPPED).flat())];

/** Opens each shipped dataset once. */
export async function openShipped(): Promise<Shipped & { all: readonly Dataset[]; close(): void }> {
  const opened = new Map<string, Dataset>();
  for (const name of SHIPPED_NAMES) opened.set(name, await openDataset(packagePath('data', name)));
  const of = (asked: keyof Shipped) => SHIPPED[asked].map((name) => opened.get(name)!);
  return {
    all: [...opened.values()],
    times: of('times'),
    losses: of('losses'),
    costs: of('costs'),
    followers: of('followers'),
    histories: of('histories'),
    close() {
      for (const data of opened.values()) data.close();
    },
  };
}
