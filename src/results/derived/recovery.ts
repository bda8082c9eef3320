import { LOSSES } from '../../vocabulary/faults.js';
import { among, cached, listed, MissingData } from '../core/query.js';
import { type Waits, waitsOf, waitUntil } from '../core/waits.js';
import { type ClientGroup, clientGroups } from './client-runs.js';

/** The phases of a recovery, in the order in which they come. */
export const PHASES = {
  leader_lost_s: 'no leader known',
  new_leader_s: 'new leader',
  first_read_s: 'first read',
  first_write_s: 'first write',
  back_s: 'service back',
} as const;
export type Phase = keyof typeof PHASES;

/** A phase of a recovery over the trials of a fault. */
export interface PhaseTimes extends Waits {
  phase: Phase;
}

/** How a fault that takes the leader away was recovered from. */
export interface Recovery extends ClientGroup {
  phases: PhaseTimes[];
  /** Of the longest wait of an operation in each trial, the longest. */
  longest_wait_s: number;
  unknown_writes: number;
}

type Row = Record<Phase, number | null> & {
  run_id: string;
  until_s: number;
  lift_s: number | null;
  longest_wait_s: number | null;
  unknown_writes: number;
};

/**
 * The phases of recovery from each fault on the leader, as distributions over trials. What had not come when the fault was
 * lifted, or at the end of the workload, is censored there: the lift, and not the cluster, ended it. In a closed loop `back_s`
 * has no trials.
 * @throws MissingData where the client met no fault of a leader
 */
export const recoveries = cached(async (data): Promise<Recovery[]> => {
  const groups = (await clientGroups(data)).filter(({ target_role }) => target_role === 'leader');
  if (groups.length === 0) throw new MissingData('no usable run with the client and a fault on the leader');
  const rows = await data.query<Row>(
    `SELECT * EXCLUDE (definition) FROM availability WHERE ${among('run_id', 'runs')}`,
    { runs: listed(groups.flatMap(({ trials }) => trials.map(({ run_id }) => run_id))) },
  );
  return groups.map((group) => {
    const mine = group.trials.flatMap(({ run_id }) => rows.find((row) => row.run_id === run_id) ?? []);
    return {
      ...group,
      // nothing is due in a closed loop while it waits, so that nobody can say when all of it was served
      phases: (Object.keys(PHASES) as Phase[]).map((phase) =>
        phaseTimes(phase, phase === 'back_s' && group.arrivals === 'closed' ? [] : mine),
      ),
      longest_wait_s: Math.max(0, ...mine.map(({ longest_wait_s }) => longest_wait_s ?? 0)),
      unknown_writes: mine.reduce((sum, { unknown_writes }) => sum + Number(unknown_writes), 0),
    };
  });
});

/** One phase of a recovery. */
export function phaseOf({ phases }: Recovery, name: Phase): PhaseTimes {
  return phases.find(({ phase }) => phase === name)!;
}

/** Whether there is anything to recover from: a node that led was gone, or in some trial nobody led. */
export function tookTheLeader({ fault, phases }: Recovery): boolean {
  return (
    (LOSSES as readonly string[]).includes(fault) ||
    phases.some(({ phase, steps }) => phase === 'leader_lost_s' && steps.length > 0)
  );
}

function phaseTimes(phase: Phase, rows: readonly Row[]): PhaseTimes {
  return { phase, ...waitsOf(rows.map((row) => waitUntil(row[phase], row.lift_s ?? row.until_s))) };
}
