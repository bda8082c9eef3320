import { UserError } from '../src/common/errors.js';
import { randomFrom, shuffled } from '../src/common/random.js';
import { FAULTS, type FaultKind } from '../src/vocabulary/faults.js';
import { DEFAULT_RELEASE } from '../src/vocabulary/releases.js';
import type { SeverityUnit } from '../src/vocabulary/severity-units.js';
import type { Scenario } from './scenario.js';

/** One run of a campaign, all that is known of it beforehand. */
export interface PlannedRun {
  run_id: string;
  scenario: string;
  release: string;
  workload: Scenario['workload'];
  workers: number;
  durationS: number;
  driverRole: 'leader' | 'follower';
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

/** Every configuration once a block, in an order shuffled from the seed, then all again: as many blocks as trials. */
export function planCampaign(options: CampaignOptions): PlannedRun[] {
  const configurations = options.releases.flatMap((release) =>
    options.scenarios.flatMap((scenario) => configurationsOf(scenario, release, options)),
  );
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
    for (const { name, configuration } of shuffled(configurations, random)) {
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

type Configuration = Omit<PlannedRun, 'run_id' | 'trial' | 'block' | 'position'>;

function configurationsOf(scenario: Scenario, release: string, options: CampaignOptions) {
  const durationS = Math.max(options.durationS, scenario.at_least_s ?? 0);
  const workers = (scenario.fault && options.faultWorkers && [options.faultWorkers]) || scenario.workers;
  const severities = scenario.fault?.severity ?? [null];
  return workers.flatMap((count) =>
    severities.map((severity): { name: string; configuration: Configuration } => {
      const fault = scenario.fault ? plannedFault(scenario.fault, severity, durationS, scenario.name) : null;
      const name = [
        scenario.name,
        ...(severity === null ? [] : [`${severity}${fault?.unit?.replace('_per_', '')}`]),
        `w${String(count).padStart(2, '0')}`,
        ...(release === DEFAULT_RELEASE ? [] : [release]),
      ].join('-');
      const { workload, driver } = scenario;
      return {
        name,
        configuration: {
          scenario: scenario.name,
          release,
          workload,
          workers: count,
          durationS,
          driverRole: driver,
          fault,
        },
      };
    }),
  );
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
      return `${String(run.position).padStart(4)}  ${run.run_id.padEnd(width)}  ${run.durationS} s, driver on the ${run.driverRole}, ${what}`;
    })
    .join('\n');
}

function describeFault({ kind, target, severity, unit, injectAtS, liftAtS }: PlannedFault): string {
  const hard = severity === null ? '' : ` ${severity} ${unit}`;
  const until = liftAtS === null ? 'to the end' : `to ${liftAtS} s`;
  return `${kind}${hard} on the ${target} from ${injectAtS} s ${until}`;
}
