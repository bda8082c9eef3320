import type { Row } from '../../src/dataset/schema.js';
import { EVIDENCE_METRICS } from '../../src/vocabulary/evidence.js';
import { isConfirmed } from './evidence.js';
import { nodesHit, type RunState } from './state.js';

/** What a run found out: the columns of `runs` that are known when it has ended, and its evidence. */
export interface Findings
  extends Pick<
    Row<'runs'>,
    | 'target_node'
    | 'driver_node'
    | 'driver_role'
    | 'started_at'
    | 'status'
    | 'status_reason'
    | 'failure'
    | 'fault_confirmed'
    | 'rows_found'
    | 'other_cpu_fraction'
  > {
  evidence: Omit<Row<'evidence'>, 'run_id'>[];
}

/** The findings of a run that is over. `driverRole` is the one that was planned, where none was seen. */
export function findingsOf(
  state: RunState,
  driverRole: Row<'runs'>['driver_role'],
  otherCpuFraction: number | null,
): Findings {
  const { plan, faults, failure, beganAt, firstLeader } = state;
  const seenRole = firstLeader === plan.driver ? 'leader' : 'follower';
  const unseen = firstLeader === null || driverRole === 'client';
  return {
    target_node: nodesHit(state).join(';') || null,
    driver_node: plan.driver,
    driver_role: unseen ? driverRole : seenRole,
    started_at: beganAt === null ? null : new Date(beganAt).toISOString(),
    status: failure ? 'failed' : 'complete',
    status_reason: failure?.reason ?? null,
    failure: failure?.kind ?? null,
    fault_confirmed:
      faults.length === 0 ? null : faults.every(({ measurements }) => measurements.some(isConfirmed)),
    rows_found: state.rows,
    other_cpu_fraction: otherCpuFraction,
    evidence: faults.flatMap(({ measurements }, i) =>
      measurements.map((measured) => ({
        fault_no: i + 1,
        ...measured,
        unit: EVIDENCE_METRICS[measured.metric].unit,
      })),
    ),
  };
}
