import type { EventName } from '../../src/vocabulary/events.js';
import type { Failure } from '../../src/vocabulary/failures.js';
import type { MemberRole } from '../dqlite/client.js';
import type { Measurement } from '../faults/parts/fault.js';
import type { PlannedFault } from '../plan.js';

/** How far a run is. From each of them it can be `failed`. */
export type Phase = 'prepared' | 'workload' | 'ending' | 'counted' | 'failed';

/** How far a fault of a run is, while the workload lasts. */
export type Stage = 'planned' | 'injected' | 'confirmed' | 'lifted' | 'recovered';

/** All that a fault has come to so far. */
export interface FaultState {
  readonly stage: Stage;
  /** The node that is hit; null while it is not known. */
  readonly target: string | null;
  readonly measurements: readonly Measurement[];
}

/** What is known of a run beforehand. */
export interface RunPlan {
  readonly nodes: readonly string[];
  /** What each node is in the cluster; those beyond are not started with it. */
  readonly roles: readonly MemberRole[];
  /** Whose process runs the workers: a node, or the client. */
  readonly driver: string;
  readonly durationS: number;
  /** In the order of their injection; a fault is called by its place among them, from 0. */
  readonly faults: readonly PlannedFault[];
}

/** All that a run has come to so far. Instants are Unix time in ms. */
export interface RunState {
  readonly phase: Phase;
  readonly plan: RunPlan;
  /** When the cluster was up. */
  readonly upAt: number;
  /** When the workload was seen to have begun, and when it is to end. */
  readonly beganAt: number | null;
  readonly endAt: number | null;
  /** Who leads, as far as is known. */
  readonly leader: string | null;
  /** Who led when the workload began: a leader that is first seen a moment later led then, too. */
  readonly firstLeader: string | null;
  /** As many as the plan has. */
  readonly faults: readonly FaultState[];
  /** What was told to be done and has not answered yet. */
  readonly doing: readonly Command[];
  readonly driver: DriverEnd | null;
  /** The steps after the workload that are still to come. */
  readonly toDo: readonly Command[];
  /** Rows counted, the last two. */
  readonly counts: readonly number[];
  readonly countSince: number | null;
  readonly rows: number | null;
  readonly failure: { readonly kind: Failure; readonly reason: string } | null;
}

/** How the process that runs the workers ended. */
export interface DriverEnd {
  readonly code: number;
  readonly killedForMemory: boolean;
  /** What its log says, where it ended with an error. */
  readonly lastWords: string;
}

/** What is seen, or what a command came to. `at` is Unix time in ms. */
export type Observation = { readonly at: number } & (
  | { readonly see: 'time' }
  | { readonly see: 'began' }
  | { readonly see: 'leader'; readonly node: string | null }
  | { readonly see: 'driver_ended'; readonly end: DriverEnd }
  | { readonly see: 'clock_set'; readonly byMs: number }
  | { readonly see: 'measured'; readonly fault: number; readonly measurements: readonly Measurement[] }
  /** `done` is false where there was nothing to do; `how` is how a fault was made. */
  | {
      readonly see: 'done';
      readonly did: Command;
      readonly done: boolean;
      readonly value?: number;
      readonly how?: string | undefined;
    }
  | { readonly see: 'failed'; readonly did: Command; readonly reason: string }
);

/** What is to be done next. */
export type Command =
  | { readonly do: 'inject'; readonly fault: number; readonly node: string }
  /** Measures, after a while. */
  | { readonly do: 'measure'; readonly fault: number }
  | { readonly do: 'lift'; readonly fault: number }
  /** Waits until the fault is seen to have ended and its node knows who leads; not done where it does not. */
  | { readonly do: 'recover'; readonly fault: number }
  /** Hands leadership from the driver, whose process is about to end, to another; not done where it does not lead. */
  | { readonly do: 'hand_over' }
  /** Starts a node that was hit where it does not run, so that there is quorum. */
  | { readonly do: 'restart'; readonly node: string }
  /** Waits for the driver to end. */
  | { readonly do: 'await_driver' }
  /** Copies the driver's results; their number is the value. */
  | { readonly do: 'copy' }
  /** Counts the rows in the cluster, after a moment; not done where no leader answers. */
  | { readonly do: 'count' };

/** Whether two commands are for the same thing. */
export function isSame(a: Command, b: Command): boolean {
  const about = (one: Command) => ('fault' in one ? one.fault : 'node' in one ? one.node : null);
  return a.do === b.do && about(a) === about(b);
}

/** Something that happened, to be recorded. */
export interface RunEvent {
  readonly at: number;
  readonly event: EventName;
  /** Which fault of the run it belongs to, from 1; null where to none. */
  readonly fault_no: number | null;
  readonly node: string | null;
  readonly detail: string | null;
}

/** A run whose cluster is up. */
export function prepared(plan: RunPlan, upAt: number): RunState {
  return {
    phase: 'prepared',
    plan,
    upAt,
    beganAt: null,
    endAt: null,
    leader: null,
    firstLeader: null,
    faults: plan.faults.map(() => ({ stage: 'planned', target: null, measurements: [] })),
    doing: [],
    driver: null,
    toDo: [],
    counts: [],
    countSince: null,
    rows: null,
    failure: null,
  };
}

/** The nodes that faults of the run have hit, each once, in their order. */
export function nodesHit({ plan, faults }: RunState): string[] {
  const hit = faults.flatMap(({ target }, i) => {
    if (target === null) return [];
    return plan.faults[i]!.target === 'all' ? plan.nodes : [target];
  });
  return [...new Set(hit)];
}

/** Whether a run is over. */
export function isOver({ phase }: RunState): boolean {
  return phase === 'counted' || phase === 'failed';
}
