import { unknownName } from '../common/errors.js';
import { DEFAULT_RELEASE } from '../vocabulary/releases.js';
import { RUNTIMES, type RuntimeName } from '../vocabulary/runtimes.js';
import { WORKLOADS, type WorkloadName } from '../vocabulary/workloads.js';
import { baseImage } from './base-image.js';
import { benchmarkSource } from './benchmark-source.js';
import { chromium } from './chromium.js';
import { compose } from './compose.js';
import { dockerEngine } from './docker-engine.js';
import { dqlite } from './dqlite.js';
import { thisHost } from './host.js';
import { jupyter } from './jupyter.js';
import { latex } from './latex.js';
import type { Requirement } from './requirement.js';
import { type Found, satisfy } from './satisfy.js';
import { secureShell } from './secure-shell.js';
import { severalMachines } from './several-machines.js';
import { addSwap, removeSwap } from './swap.js';

function forTests(releases: readonly string[]): Requirement[] {
  return [
    dockerEngine,
    compose,
    ...releases.map(baseImage),
    dqlite,
    benchmarkSource,
    jupyter,
    chromium,
    severalMachines,
  ];
}

/** What can be set up, by the purpose it serves. */
const PURPOSES: Record<string, (releases: readonly string[]) => Requirement[]> = {
  collect: (releases) => [dockerEngine, compose, ...releases.map(baseImage)],
  hosts: (releases) => [dockerEngine, secureShell, ...releases.map(baseImage)],
  process: () => [dqlite, benchmarkSource],
  jupyter: () => [jupyter],
  chromium: () => [chromium],
  test: forTests,
  long: (releases) => [...forTests(releases), latex],
};

export const purposes = Object.keys(PURPOSES);

/**
 * Sets the machine up for a purpose, saying on standard error what it does; silent when all is there.
 * @param purpose one of `purposes`
 * @param releases Debian releases whose base image is wanted
 * @throws UserError that names everything missing, and how to get each
 */
export async function setUp(
  purpose: string,
  releases: readonly string[] = [DEFAULT_RELEASE],
): Promise<Found[]> {
  const requirements = PURPOSES[purpose];
  if (!requirements) throw unknownName('purpose', purpose, purposes);
  return satisfy(requirements(releases), thisHost(), say);
}

/**
 * Sets the machine up for a campaign: what its runtime, releases and workloads need.
 * @throws UserError as {@link setUp}
 */
export async function setUpCampaign(needs: {
  runtime: RuntimeName;
  releases: readonly string[];
  workloads: ReadonlySet<WorkloadName>;
}): Promise<void> {
  const built = [...needs.workloads].some((name) => WORKLOADS[name].built);
  const requirements = PURPOSES[RUNTIMES[needs.runtime].purpose]!(needs.releases);
  await satisfy(
    requirements.filter((one) => built || one !== benchmarkSource),
    thisHost(),
    say,
  );
}

/**
 * Makes a swap file of so many MB where this machine has no swap, or with null takes it away again.
 * @throws UserError where that is not allowed
 */
export async function setUpSwap(megabytes: number | null): Promise<void> {
  if (megabytes === null) await removeSwap(thisHost(), say);
  else await addSwap(thisHost(), megabytes, say);
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
