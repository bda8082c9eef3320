import type { EvidenceMetric } from '../../../src/vocabulary/evidence.js';
import type { Membership } from '../../dqlite/membership.js';
import type { Capability, Cluster, Node } from '../../runtimes/parts/runtime.js';

/**
 * The mechanics of a kind of fault: prepare → inject → measure → lift → wait until it has ended → clean up. What it is
 * called, and what evidence it owes, stands in `src/vocabulary/faults.ts`.
 */
export interface Fault {
  readonly needs: readonly Capability[];
  /** Whether the lift is made where the node's process has ended, too, which it starts again. Default: false. */
  readonly liftStartsNode?: boolean;
  /** Whether only the nodes of the client's program can do it, and not 2022's benchmark. Default: false. */
  readonly clientNodes?: boolean;
  prepare(setting: Setting): Promise<Injection>;
}

export interface Setting {
  readonly cluster: Cluster;
  readonly membership: Membership;
  /** What the nodes are of at first. */
  readonly release: string;
  /** In the fault's unit; 0 where it has none. */
  readonly severity: number;
}

/** A measurement of what a fault does, since it was injected. */
export interface Measurement {
  readonly metric: EvidenceMetric;
  /** `host` for what is the host's. */
  readonly node: string;
  /** Where it says something. */
  readonly before: number | null;
  readonly during: number;
  /** What confirms the fault. */
  readonly threshold: number;
}

/** One fault, ready to be injected. Everything slow was done before, so that `inject` is quick. */
export interface Injection {
  /** `leader` is who leads then, as far as is known. */
  inject(target: Node, leader: Node | null): Promise<void>;
  /** How it was made, once it was, where there are several ways, or other nodes take part. */
  how?(): string;
  /** What can be measured of it now; asked again and again until the lift, which may begin while it looks, and nothing while nothing can be told. */
  measure(): Promise<readonly Measurement[]>;
  lift(): Promise<void>;
  /** Whether it was seen to have ended; asked again and again after the lift. */
  hasEnded(): Promise<boolean>;
  /** Leaves nothing behind, at whatever point the run stopped. */
  cleanUp(): Promise<void>;
  /** CPU time on the host that the fault itself has used, in ns. Default: none. */
  cpuNs?(): Promise<number>;
}

export const nothingToCleanUp = async () => {};
