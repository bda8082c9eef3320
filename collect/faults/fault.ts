import type { Capability, Cluster, Node } from '../runtimes/runtime.js';

export type SeverityUnit = 'burners' | 'cpus' | 'MB' | 'bytes_per_s' | 'ms' | 'percent';

/** A kind of harm: prepare → inject → prove → lift → wait until recovered → clean up. */
export interface Fault {
  readonly kind: string;
  readonly about: string;
  /** What severity is counted in; null where there is no more or less of it. */
  readonly unit: SeverityUnit | null;
  readonly needs: readonly Capability[];
  /** Whether it takes the node’s process away, so that it must not hit the driver. */
  readonly ends?: boolean;
  prepare(setting: Setting): Promise<Injection>;
}

export interface Setting {
  readonly cluster: Cluster;
  /** In the fault's unit; 0 where it has none. */
  readonly severity: number;
}

/** One fault, ready to hit. Everything slow was done before, so that `inject` is quick. */
export interface Injection {
  inject(target: Node): Promise<void>;
  /** What shows that it took effect, or undefined while nothing does; asked again and again. */
  evidence(): Promise<string | undefined>;
  lift(): Promise<void>;
  /** What shows that it ended, or undefined while nothing does. */
  ended(): Promise<string | undefined>;
  /** Leaves nothing behind, at whatever point the run stopped. */
  cleanUp(): Promise<void>;
  /** CPU time on the host that the fault itself has used, in ns. Default: none. */
  cpuNs?(): number;
}

export const nothingToCleanUp = async () => {};
