import { UserError } from '../src/common/errors.js';
import { FAULTS } from '../src/vocabulary/faults.js';
import type { PlannedFault } from './plan.js';
import type { Scenario, ScenarioFault } from './scenario.js';

/** A workload that lasts as long as its fault needs goes on for so long after the lift, in s. */
const AFTER_S = 10;

/** The faults of one configuration. */
export interface FaultPlan {
  readonly faults: readonly PlannedFault[];
  readonly durationS: number;
  /** What tells it from the others of its scenario, for its name. */
  readonly words: readonly string[];
}

/**
 * The faults of a scenario, once for each target, severity and length that it asks for; one plan without faults where it
 * has none.
 * @throws UserError where a fault is planned outside of the workload
 */
export function faultsOf(scenario: Scenario, leastS: number): FaultPlan[] {
  const choices = scenario.faults.map(choicesOf);
  return product(choices).map((chosen) => {
    const lasts = chosen.some(({ forS }) => forS !== null);
    const needed = chosen.map(({ fault, forS }) => Number(fault.inject_at) + (forS ?? 0) + AFTER_S);
    const least = lasts ? Math.max(...needed) : leastS;
    const durationS = Math.max(least, scenario.at_least_s ?? 0);
    return {
      durationS,
      faults: chosen.flatMap((one) => plannedFaults(one, durationS, scenario.name)),
      words: chosen.flatMap(({ words }) => words),
    };
  });
}

/** One of the ways in which a fault of a scenario is to be made. */
interface Choice {
  fault: ScenarioFault;
  target: PlannedFault['target'];
  severity: number | null;
  forS: number | null;
  words: string[];
}

function choicesOf(fault: ScenarioFault): Choice[] {
  const unit = FAULTS[fault.kind].unit?.replace('_per_', '') ?? '';
  const lengths = fault.for ?? [null];
  return fault.target.flatMap((target) =>
    (fault.severity ?? [null]).flatMap((severity) =>
      lengths.map((forS) => ({
        ...{ fault, target, severity, forS },
        words: [
          ...(fault.target.length > 1 ? [target] : []),
          ...(severity === null ? [] : [`${severity}${unit}`]),
          ...(lengths.length > 1 ? [`${forS}s`] : []),
        ],
      })),
    ),
  );
}

/** Every way to take one of each. */
function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (all, list) => all.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  );
}

function plannedFaults(
  { fault, target, severity, forS }: Choice,
  durationS: number,
  scenario: string,
): PlannedFault[] {
  const injectAtS = seconds(fault.inject_at, durationS);
  const liftAtS = liftOf(fault, injectAtS, forS, durationS);
  if (liftAtS !== null && liftAtS <= injectAtS) {
    throw new UserError(
      `${scenario}: the fault is planned to begin at ${injectAtS} s and to end at ${liftAtS} s: expected lift_at after inject_at`,
    );
  }
  if (injectAtS >= durationS || (liftAtS !== null && liftAtS >= durationS)) {
    const window = liftAtS === null ? `at ${injectAtS} s` : `from ${injectAtS} s to ${liftAtS} s`;
    throw new UserError(
      `${scenario}: the fault is planned ${window}: expected that within the ${durationS} s of the workload; give a longer --duration, or change the scenario`,
    );
  }
  const { kind, flaps = 1 } = fault;
  const one = { kind, target, severity, unit: FAULTS[kind].unit, injectAtS, liftAtS };
  if (liftAtS === null || flaps === 1) return [one];
  const lengthS = (liftAtS - injectAtS) / (2 * flaps - 1);
  const at = (part: number) => Math.round((injectAtS + part * lengthS) * 1000) / 1000;
  return Array.from({ length: flaps }, (_, i) => ({
    ...one,
    target: i === 0 ? target : 'same',
    injectAtS: at(2 * i),
    liftAtS: at(2 * i + 1),
  }));
}

function liftOf(fault: ScenarioFault, injectAtS: number, forS: number | null, durationS: number) {
  if (forS !== null) return injectAtS + forS;
  return fault.lift_at === undefined ? null : seconds(fault.lift_at, durationS);
}

function seconds(at: number | string, durationS: number): number {
  return typeof at === 'number' ? at : Math.round(Number.parseFloat(at) * durationS * 10) / 1000;
}

/** Faults in words; one that comes and goes again and again is told once. */
export function describeFaults(faults: readonly PlannedFault[]): string {
  if (faults.length === 0) return 'no fault';
  const isAgain = ({ target, kind }: PlannedFault, i: number) =>
    target === 'same' && faults[i - 1]?.kind === kind;
  return faults
    .flatMap((fault, i) => {
      if (isAgain(fault, i)) return [];
      const after = faults.slice(i + 1);
      const end = after.findIndex((one, k) => !isAgain(one, i + 1 + k));
      const times = 1 + (end < 0 ? after.length : end);
      const { liftAtS } = faults[i + times - 1]!;
      return [`${describeFault({ ...fault, liftAtS })}${times > 1 ? `, on and off ${times} times` : ''}`];
    })
    .join('; ');
}

function describeFault({ kind, target, severity, unit, injectAtS, liftAtS }: PlannedFault): string {
  const hard = severity === null ? '' : ` ${severity} ${unit}`;
  const until = liftAtS === null ? 'to the end' : `to ${liftAtS} s`;
  return `${kind}${hard} on ${TARGET_WORDS[target] ?? `the ${target}`} from ${injectAtS} s ${until}`;
}

const TARGET_WORDS: Partial<Record<PlannedFault['target'], string>> = {
  all: 'all nodes',
  another: 'another node',
  same: 'the same node',
};
