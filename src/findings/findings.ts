import type { Dataset } from '../dataset/open.js';
import { MissingData } from '../results/core/query.js';
import { overview } from '../results/derived/overview.js';
import { clientLibrary } from './client-library.js';
import { consistency } from './consistency.js';
import { dangerZone } from './danger-zone.js';
import type { Finding, Said } from './finding.js';
import { leaderLost } from './leader-lost.js';
import { settings } from './settings.js';
import { silentLoss } from './silent-loss.js';
import { slowFollower } from './slow-follower.js';
import { slowNode } from './slow-node.js';
import { verdicts } from './verdicts.js';
import { writes } from './writes.js';

/** What people ask first, in this order. */
export const FINDINGS: readonly Finding[] = [
  leaderLost,
  clientLibrary,
  silentLoss,
  settings,
  slowNode,
  slowFollower,
  dangerZone,
  writes,
  consistency,
  verdicts,
];

/** A finding with what a dataset says about it, or what the dataset lacks. */
export type Found = Finding & ({ said: Said; missing: null } | { said: null; missing: string });

/** All findings about a dataset. */
export async function findings(data: Dataset): Promise<Found[]> {
  return Promise.all(FINDINGS.map((finding) => find(finding, data)));
}

/** One finding about a dataset. */
export async function find(finding: Finding, data: Dataset): Promise<Found> {
  try {
    if (!finding.fromBusyMachine) await requireQuiet(data);
    const said = await finding.say(data);
    return { ...finding, figure: said.figure ?? finding.figure, said, missing: null };
  } catch (error) {
    if (!(error instanceof MissingData)) throw error;
    return { ...finding, said: null, missing: error.message };
  }
}

async function requireQuiet(data: Dataset): Promise<void> {
  const { runs, disturbed } = await overview(data);
  if (runs > 0 && disturbed === runs)
    throw new MissingData(
      'other programs used the CPU during every run, so that times are not the cluster’s alone',
    );
}
