import { UserError } from '../src/common/errors.js';
import { randomFrom, shuffled } from '../src/common/random.js';
import { FAULTS, type FaultKind } from '../src/vocabulary/faults.js';
import { DEFAULT_RELEASE } from '../src/vocabulary/releases.js';
import type { SeverityUnit } from '../src/vocabulary/severity-units.js';
import { calibrationsOf } from './load/calibration.js';
import type { ClientSettings } from './load/settings.js';
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
  /** Whether this run measures what the cluster can do, for the runs of its block. */
  calibrates?: boolean;
  fault: PlannedFault | null;
  trial: number;
  block: number;
  position: number;
}

export interface PlannedFault {
  kind: FaultKind;
  target: 'leader' | 'follower';
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
  after?: readonly PlannedRun[] | undefined;
  durationS: number;
  /** Overrides the workers of the scenarios with a fault. */
  faultWorkers?: number | undefined;
  seed: number;
}

/**
 * Every configuration once a block, in an order shuffled from the seed, then all again: as many blocks as trials. A block
 * begins with the calibrations that its rates are shares of.
 */
export function planCampaign(options: CampaignOptions): PlannedRun[] {
  const configurations = options.releases.flatMap((release) =>
    options.scenarios.flatMap((scenario) => configurationsOf(scenario, release, options)),
  );
  const calibrations = calibrationsOf(configurations.map(({ configuration }) => configuration));
  const names = configurations.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw new UserError(`two configurations have the same name: ${twice}; name each scenario once`);
  const random = randomFrom(options.seed);
  const runs: PlannedRun[] = [];
  const after = options.after ?? [];
  const lastBlock = Math.max(0, ...after.map(({ block }) => block));
  const lastTrial = (name: string) =>
    Math.max(0, ...after.filter((run) => run.run_id === runId(name, run.trial)).map(({ trial }) => trial));
  for (let round = 1; round <= options.trials; round++) {
    const block = [...calibrations, ...shuffled(configurations, random)];
    for (const { name, configuration } of block) {
      const trial = lastTrial(name) + round;
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
  const durationS = Math.max(options.durationS, scenario.at_least_s ?? 0);
  const workers = (scenario.fault && options.faultWorkers && [options.faultWorkers]) || scenario.workers;
  const severities = scenario.fault?.severity ?? [null];
  const clients = clientsOf(scenario);
  const { workload, driver } = scenario;
  return workers.flatMap((count) =>
    severities.flatMap((severity) =>
      clients.map((client): { name: string; configuration: Configuration } => {
        const fault = scenario.fault
          ? plannedFault(scenario.fault, severity, durationS, scenario.name)
          : null;
        const name = [
          scenario.name,
          ...(severity === null ? [] : [`${severity}${fault?.unit?.replace('_per_', '')}`]),
          ...(client ? [workload] : []),
          ...(client && clients.length > 1 ? [rateName(client)] : []),
          `w${String(count).padStart(2, '0')}`,
          ...(release === DEFAULT_RELEASE ? [] : [release]),
        ].join('-');
        const who = { scenario: scenario.name, release, workload, workers: count, driverRole: driver };
        return { name, configuration: { ...who, durationS, client, fault } };
      }),
    ),
  );
}

/** How the client behaves, at each rate that a scenario asks for; one null where there is no client. */
function clientsOf({ client }: Scenario): (ClientSettings | null)[] {
  if (!client) return [null];
  return [client.rate].flat().map((rate) => ({ ...client, rate }));
}

function rateName({ rate }: ClientSettings): string {
  return typeof rate === 'number' ? `${rate}s` : rate.replace('%', 'pct');
}

function plannedFault(
  fault: NonNullable<Scenario['fault']>,
  severity: number | null,
  durationS: number,
  scenario: string,
): PlannedFault {
  const seconds = (at: number | string) =>
    typeof at === 'number' ? at : Math.round(Number.parseFloat(at) * durationS * 10) / 1000;
  const injectAtS = seconds(fault.inject_at);
  const liftAtS = fault.lift_at === undefined ? null : seconds(fault.lift_at);
  if (injectAtS >= durationS || (liftAtS !== null && (liftAtS <= injectAtS || liftAtS >= durationS))) {
    throw new UserError(
      `${scenario}: the fault is planned from ${injectAtS} s to ${liftAtS ?? durationS} s, expected a window within the ${durationS} s of the workload`,
    );
  }
  const { unit } = FAULTS[fault.kind];
  return { kind: fault.kind, target: fault.target, severity, unit, injectAtS, liftAtS };
}

/** A campaign in words: one line a run. */
export function describePlan(runs: readonly PlannedRun[]): string {
  const width = Math.max(...runs.map(({ run_id }) => run_id.length));
  return runs
    .map((run) => {
      const what = run.fault ? `${describeFault(run.fault)}` : 'no fault';
      const who = run.driverRole === 'client' ? describeClient(run) : `driver on the ${run.driverRole}`;
      return `${String(run.position).padStart(4)}  ${run.run_id.padEnd(width)}  ${run.durationS} s, ${who}, ${what}`;
    })
    .join('\n');
}

function describeClient({ client, workers }: PlannedRun): string {
  if (client?.arrivals !== 'open') return `closed loop of ${workers}`;
  return `open loop at ${client.rate}${typeof client.rate === 'number' ? ' a second' : ' of capacity'}`;
}

function describeFault({ kind, target, severity, unit, injectAtS, liftAtS }: PlannedFault): string {
  const hard = severity === null ? '' : ` ${severity} ${unit}`;
  const until = liftAtS === null ? 'to the end' : `to ${liftAtS} s`;
  return `${kind}${hard} on the ${target} from ${injectAtS} s ${until}`;
}
