import { UserError } from '../src/common/errors.js';
import { randomFrom, shuffled } from '../src/common/random.js';
import type { FaultKind } from '../src/vocabulary/faults.js';
import type { Model } from '../src/vocabulary/models.js';
import { DEFAULT_RELEASE } from '../src/vocabulary/releases.js';
import type { SeverityUnit } from '../src/vocabulary/severity-units.js';
import type { Target } from '../src/vocabulary/targets.js';
import { calibrationsOf } from './load/calibration.js';
import { type NodeSettings, nodeSettingsOf } from './load/node-settings.js';
import type { ClientSettings } from './load/settings.js';
import { describeFaults, faultsOf } from './plan-faults.js';
import type { Scenario } from './scenario.js';

/** One run of a campaign, all that is known of it beforehand. */
export interface PlannedRun {
  run_id: string;
  scenario: string;
  release: string;
  workload: Scenario['workload'];
  workers: number;
  durationS: number;
  driverRole: Scenario['driver'];
  /** How the client behaves; null where 2022's benchmark plays, and missing in plans made before there was a client. */
  client?: ClientSettings | null;
  /** How the nodes are set; missing where they are as go-dqlite has them. */
  nodeSettings?: NodeSettings;
  /** The weakest model of consistency that is good enough; missing where it is the usual one. */
  consistency?: Model;
  /** Whether this run measures what the cluster can do, for the runs of its block. */
  calibrates?: boolean;
  /** At once or one after the other; in a list, `same` is the node of the fault before it. */
  faults: readonly PlannedFault[];
  trial: number;
  block: number;
  position: number;
}

/** What a plan must know of a run that was planned before, to go on from it. */
export type EarlierRun = Pick<PlannedRun, 'run_id' | 'trial' | 'block'>;

export interface PlannedFault {
  kind: FaultKind;
  target: Target;
  severity: number | null;
  unit: SeverityUnit | null;
  injectAtS: number;
  liftAtS: number | null;
}

export interface CampaignOptions {
  scenarios: readonly Scenario[];
  releases: readonly string[];
  trials: number;
  /** Runs of the same campaign that were planned before: trials, blocks and positions go on from theirs. */
  after?: readonly EarlierRun[] | undefined;
  durationS: number;
  /** Overrides the workers of the scenarios with a fault. */
  faultWorkers?: number | undefined;
  seed: number;
}

/**
 * Every configuration once a block (or as often as its scenario says), in an order shuffled from the seed, then all again: as many blocks as trials. A block
 * begins with the calibrations that its rates are shares of.
 */
export function planCampaign(options: CampaignOptions): PlannedRun[] {
  const configurations = options.releases.flatMap((release) =>
    options.scenarios.flatMap((scenario) => configurationsOf(scenario, release, options)),
  );
  const calibrations = calibrationsOf(configurations.map(({ configuration }) => configuration));
  const names = configurations.map(({ name }) => name);
  const inBlock = configurations.flatMap((one) => Array.from({ length: one.perBlock }, () => one));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new UserError(`two configurations have the same name: ${twice}; name each scenario once`);
  const random = randomFrom(options.seed);
  const runs: PlannedRun[] = [];
  const after = options.after ?? [];
  const lastBlock = Math.max(0, ...after.map(({ block }) => block));
  const lastTrial = (name: string) =>
    Math.max(0, ...after.filter((run) => run.run_id === runId(name, run.trial)).map(({ trial }) => trial));
  const trials = new Map<string, number>();
  for (let round = 1; round <= options.trials; round++) {
    const block = [...calibrations, ...shuffled(inBlock, random)];
    for (const { name, configuration } of block) {
      const trial = (trials.get(name) ?? lastTrial(name)) + 1;
      trials.set(name, trial);
      runs.push({
        ...configuration,
        run_id: runId(name, trial),
        trial,
        block: lastBlock + round,
        position: after.length + runs.length + 1,
      });
    }
  }
  return runs;
}

const runId = (name: string, trial: number) => `${name}-t${trial}`;

/** All of a planned run but its place in the campaign. */
export type Configuration = Omit<PlannedRun, 'run_id' | 'trial' | 'block' | 'position'>;

function configurationsOf(scenario: Scenario, release: string, options: CampaignOptions) {
  const { workload, driver, consistency } = scenario;
  const hasFault = scenario.faults.length > 0;
  const workers = (hasFault && options.faultWorkers && [options.faultWorkers]) || scenario.workers;
  const clients = clientsOf(scenario);
  const found: { name: string; perBlock: number; configuration: Configuration }[] = [];
  for (const count of workers) {
    for (const { nodes, words: set } of nodeSettingsOf(scenario.nodes)) {
      for (const { faults, durationS, words } of faultsOf(scenario, options.durationS)) {
        for (const client of clients) {
          const name = [
            ...[scenario.name, ...words, ...set],
            ...(client ? [workload] : []),
            ...(client && clients.length > 1 ? [clientName(client, clients)] : []),
            `w${String(count).padStart(2, '0')}`,
            ...(release === DEFAULT_RELEASE ? [] : [release]),
          ].join('-');
          const nodeSettings = Object.keys(nodes).length > 0 ? { nodeSettings: nodes } : {};
          const expected = consistency ? { consistency } : {};
          const who = { scenario: scenario.name, release, workload, workers: count, driverRole: driver };
          found.push({
            name,
            perBlock: scenario.per_block,
            configuration: { ...who, durationS, client, ...nodeSettings, ...expected, faults },
          });
        }
      }
    }
  }
  return found;
}

/** How the client behaves, at each rate that a scenario asks for, with each mix; one null where there is no client. */
function clientsOf({ client }: Scenario): (ClientSettings | null)[] {
  if (!client) return [null];
  const { mix, rate, operation_timeout_s: deadlines, ...rest } = client;
  const mixes = Array.isArray(mix) ? mix : [mix];
  return mixes.flatMap((one) =>
    [rate].flat().flatMap((each) =>
      [deadlines].flat().map((operation_timeout_s) => ({
        ...{ ...rest, rate: each, operation_timeout_s },
        ...(one === undefined ? {} : { mix: one }),
      })),
    ),
  );
}

/** What tells a client from the others of its scenario: the mix, the rate, and the deadline. */
function clientName(
  { mix, rate, operation_timeout_s: deadline }: ClientSettings,
  all: readonly (ClientSettings | null)[],
): string {
  const differ = (of: (one: ClientSettings) => unknown) => new Set(all.map((one) => of(one!))).size > 1;
  const mixed = typeof mix === 'string' ? mix : 'mix';
  const at = typeof rate === 'number' ? `${rate}s` : rate.replace('%', 'pct');
  const until = deadline === 'none' ? 'no-deadline' : `deadline${deadline}s`;
  return [
    ...(differ((one) => one.mix) ? [mixed] : []),
    ...(differ((one) => one.rate) ? [at] : []),
    ...(differ((one) => one.operation_timeout_s) ? [until] : []),
  ].join('-');
}

/** A campaign in words: one line a run. */
export function describePlan(runs: readonly PlannedRun[]): string {
  const width = Math.max(...runs.map(({ run_id }) => run_id.length));
  return runs
    .map((run) => {
      const who = run.driverRole === 'client' ? describeClient(run) : `driver on the ${run.driverRole}`;
      const what = describeFaults(run.faults);
      return `${String(run.position).padStart(4)}  ${run.run_id.padEnd(width)}  ${run.durationS} s, ${who}, ${what}`;
    })
    .join('\n');
}

function describeClient({ client, workers }: PlannedRun): string {
  if (client?.arrivals !== 'open') return `closed loop of ${workers}`;
  return `open loop at ${client.rate}${typeof client.rate === 'number' ? ' a second' : ' of capacity'}`;
}
