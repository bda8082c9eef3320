import { nextRelease, RELEASES } from '../src/vocabulary/releases.js';
import { MECHANICS } from './faults/index.js';
import type { PlannedRun } from './plan.js';
import type { Capability, Runtime } from './runtimes/parts/runtime.js';

/** Why runs of a campaign cannot be made with this runtime on this machine; empty when all of them can. */
export async function refusals(runs: readonly PlannedRun[], runtime: Runtime): Promise<string[]> {
  const kinds = [...new Set(runs.flatMap(({ faults }) => faults.map(({ kind }) => kind)))];
  const set = new Set(runs.flatMap(({ nodeSettings, client }) => [nodeSettings, client].flatMap(settingsIn)));
  const wanted = [
    ...kinds.flatMap((kind) => MECHANICS[kind].needs.map((capability) => [kind, capability] as const)),
    ...SETTINGS_NEED.filter(([setting]) => set.has(setting)),
  ];
  const reasons = new Map<Capability, string | undefined>();
  for (const capability of new Set(wanted.map(([, needed]) => needed)))
    reasons.set(capability, await runtime.lacks(capability));
  const onBenchmark = [
    ...new Set(runs.flatMap(({ faults, client }) => (client ? [] : faults.map(({ kind }) => kind)))),
  ];
  const wrong = onBenchmark
    .filter((kind) => MECHANICS[kind].clientNodes)
    .map((kind) => `  ${kind} needs nodes of the client's program: workload registers or lists`);
  const newest = new Set(runs.filter(hasNoUpgrade).map(({ release }) => release));
  for (const release of newest)
    wrong.push(`  upgrade needs a release after ${release}: choose one of ${UPGRADED.join(', ')}`);
  const lacking = wanted
    .filter(([, capability]) => reasons.get(capability))
    .map(([what, capability]) => `  ${what} needs ${capability}: ${reasons.get(capability)}`);
  return [...wrong, ...lacking];
}

/** Whether a run is to upgrade a node, and there is nothing to upgrade it to. */
export function hasNoUpgrade({ release, faults }: Pick<PlannedRun, 'release' | 'faults'>): boolean {
  return faults.some(({ kind }) => kind === 'upgrade') && !nextRelease(release);
}

/** The releases that there is a next one of. */
const UPGRADED = RELEASES.filter((release) => nextRelease(release));

/** The names of the settings that are made. */
function settingsIn(settings: object | null | undefined): string[] {
  return Object.entries(settings ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** What settings of nodes and clients ask of a runtime. */
const SETTINGS_NEED: readonly (readonly [string, Capability])[] = [
  ['volume_MB', 'volumes'],
  ['tcp_retries2', 'tcp-settings'],
];
