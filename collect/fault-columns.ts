import type { Row } from '../src/dataset/schema.js';
import { NO_FAULT } from '../src/vocabulary/faults.js';
import type { Target } from '../src/vocabulary/targets.js';
import type { PlannedFault } from './plan.js';

type Columns = Pick<
  Row<'runs'>,
  'fault' | 'faults' | 'target_role' | 'severity' | 'severity_unit' | 'inject_at_s' | 'lift_at_s'
>;

/** What is recorded of a run's faults: where there are several, what they have in common, and all of them as JSON. */
export function faultColumns(faults: readonly PlannedFault[]): Columns {
  const lifts = faults.map(({ liftAtS }) => liftAtS ?? Number.POSITIVE_INFINITY);
  const last = Math.max(...lifts);
  const roles = faults.flatMap(({ target }) => ROLES[target] ?? []);
  return {
    fault: [...new Set(faults.map(({ kind }) => kind))].join('+') || NO_FAULT,
    faults: faults.length > 1 ? JSON.stringify(faults.map(written)) : null,
    target_role: faults.length === 0 ? 'none' : (common(roles) ?? 'several'),
    severity: common(faults.map(({ severity }) => severity)) ?? null,
    severity_unit: common(faults.map(({ unit }) => unit)) ?? null,
    inject_at_s: faults.length === 0 ? null : Math.min(...faults.map(({ injectAtS }) => injectAtS)),
    lift_at_s: faults.length === 0 || last === Number.POSITIVE_INFINITY ? null : last,
  };
}

/** A fault as the column `faults` has it. */
function written({ kind, target, severity, unit, injectAtS, liftAtS }: PlannedFault) {
  return { kind, target, severity, severity_unit: unit, inject_at_s: injectAtS, lift_at_s: liftAtS };
}

/** The role in which a node is hit; none of its own where it is the node of the fault before. */
const ROLES: Record<Target, Columns['target_role'] | null> = {
  leader: 'leader',
  follower: 'follower',
  'another-follower': 'follower',
  another: 'several',
  newcomer: 'newcomer',
  // of what hits all of them, clients feel the loss of the leader
  all: 'leader',
  same: null,
};

/** The value that all have; undefined where they differ. */
function common<T>(values: readonly T[]): T | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
