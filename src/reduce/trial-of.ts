import { UserError } from '../common/errors.js';
import type { Row } from '../dataset/schema.js';
import { NO_FAULT } from '../vocabulary/faults.js';
import { EXPECTED_MODEL } from '../vocabulary/models.js';
import { isOfClient } from '../vocabulary/workloads.js';
import type { Trial, TrialFault } from './smaller.js';

/**
 * The trial that a run was, by what its dataset says of it.
 * @throws UserError for a run of 2022's benchmark
 */
export function trialOf(run: Row<'runs'>): Trial {
  if (!isOfClient(run.workload) || run.client_settings === null) {
    throw new UserError(
      `${run.run_id} was made with the 2022 benchmark: expected a run of the client, which records what it saw`,
    );
  }
  const client = JSON.parse(run.client_settings) as Record<string, unknown>;
  const faults = faultsOf(run);
  return {
    durationS: run.duration_s,
    scenario: {
      title: `Reduced from ${run.run_id}`,
      question: `Does it show again what was wrong: ${run.consistency_reason ?? 'not known'}?`,
      workload: run.workload,
      workers: run.workers,
      consistency: run.consistency_expected ?? EXPECTED_MODEL,
      client: { ...client, ...(run.offered_per_s === null ? {} : { rate: run.offered_per_s }) },
      ...(run.node_settings === null ? {} : { nodes: JSON.parse(run.node_settings) }),
      ...(faults.length > 0 ? { faults } : {}),
    },
  };
}

type Stored = Pick<Row<'runs'>, 'severity' | 'lift_at_s'> & {
  kind: string;
  target: string;
  inject_at_s: number | null;
};

function faultsOf(run: Row<'runs'>): TrialFault[] {
  const { fault, target_role, severity, inject_at_s, lift_at_s } = run;
  if (fault === NO_FAULT) return [];
  const stored: Stored[] = run.faults
    ? JSON.parse(run.faults)
    : [{ kind: fault, target: target_role, severity, inject_at_s, lift_at_s }];
  return stored.map((one) => ({
    kind: one.kind,
    target: one.target,
    inject_at: one.inject_at_s ?? 0,
    ...(one.severity === null ? {} : { severity: one.severity }),
    ...(one.lift_at_s === null ? {} : { lift_at: one.lift_at_s }),
  }));
}
