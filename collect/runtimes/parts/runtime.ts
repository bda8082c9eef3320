import type { Row } from '../../../src/dataset/schema.js';
import type { Address } from '../../dqlite/client.js';
import type { Load } from '../../load/config.js';
import type { NodeSettings } from '../../load/node-settings.js';
import type { Volume } from './volume.js';

/** What a fault asks of a runtime; a runtime that lacks one says why. */
export type Capability =
  | 'signals'
  | 'members'
  | 'releases'
  | 'burners'
  | 'freezer'
  | 'pinning'
  | 'cpu-limit'
  | 'memory-limit'
  | 'disk-limit'
  | 'network'
  | 'delay'
  | 'packet-queue'
  | 'rate'
  | 'volumes'
  | 'tracing'
  | 'tcp-settings';

/** A node; or the client, whose address is none that anybody calls. */
export interface Node {
  readonly name: string;
  readonly address: Address;
}

/** A node's use of resources at an instant: a row of `samples` without run_id, time and node. */
export type Usage = Omit<Row<'samples'>, 'run_id' | 'time_ns' | 'node'>;

/** A row of `samples` without run_id: `time_ns` is of the clock of the node's host. */
export type NodeUsage = Omit<Row<'samples'>, 'run_id'>;

export interface NodeState {
  running: boolean;
  /** Of the process that ended; null while it runs. */
  exitCode: number | null;
  killedForMemory: boolean;
}

export interface ClusterSpec {
  readonly release: string;
  readonly workload: Row<'runs'>['workload'];
  readonly workers: number;
  readonly durationS: number;
  /**
   * Which of the nodes runs the workers: the first is the one that forms the cluster and so its first leader. Or
   * {@link CLIENT}, which is none of them.
   */
  readonly driver: string;
  /** How the nodes are set; what is missing is go-dqlite's own. */
  readonly nodeSettings?: NodeSettings;
  /** What the client does; null where there is none. */
  readonly load?: Load | null;
  /** Where the client reaches the nodes, in their order. Default: at their own addresses. */
  readonly clientAddresses?: readonly string[];
  /** MiB of the file system that each node has for its data alone. Default: none. */
  readonly volumeMB?: number | null;
}

/** Runs commands in a node's network namespace; answers what they printed. */
export interface NetworkShell {
  run(command: string): Promise<string>;
  close(): Promise<void>;
}

/** Processes that use all the CPU time they get, once they are let loose. They are held at first, so that this is instant. */
export interface Burners {
  burn(): Promise<void>;
  hold(): Promise<void>;
  /** CPU time that each has used, in ns. */
  cpuNs(): Promise<readonly number[]>;
  end(): Promise<void>;
}

/** Ends a node: at once; as its program does; after it has closed; after it has handed its role over and closed. */
export type EndingSignal = 'SIGKILL' | 'SIGTERM' | 'SIGHUP' | 'SIGUSR1';
/** A shell from which the processes of a node can be traced; all that it has started ends with it. */
export interface TraceShell extends NetworkShell {
  /** The node's process, as the shell sees it; asked when it is needed, since a node may have been started again. */
  pid(): Promise<number>;
  /** A folder for what a trace writes. */
  readonly folder: string;
}

/** Nodes that run, and what puts the load on them. Limits are lifted with null. */
export interface Cluster {
  readonly nodes: readonly Node[];
  /** The node, or the client, whose process runs the workers; what is asked of nodes can be asked of the client, too. */
  readonly driver: Node;
  /** Starts the client, where there is one. */
  startClient?(): Promise<void>;
  /** Ends when the driver's process has: its exit code. */
  readonly driverExit: Promise<number>;
  state(node: Node): Promise<NodeState>;
  signal(node: Node, signal: EndingSignal): Promise<void>;
  start(node: Node): Promise<void>;
  /** Starts a node that has ended as another: without its data, to join the others; or as another release with its data. */
  startAs(node: Node, as: { empty: true } | { release: string }): Promise<void>;
  freeze(node: Node, frozen: boolean): Promise<void>;
  pin(node: Node, cpu: number | null): Promise<void>;
  limitCpu(node: Node, cpus: number | null): Promise<void>;
  limitMemory(node: Node, bytes: number | null): Promise<void>;
  limitDisk(node: Node, bytesPerS: number | null): Promise<void>;
  /** The limit in force on what the node writes, as the kernel tells it; null when there is none. */
  diskLimit(node: Node): Promise<number | null>;
  /** Each burner has a control group with a node's weight, where the runtime can; `cpu` binds all of them to one core. */
  startBurners(count: number, cpu?: number): Promise<Burners>;
  networkShell(node: Node): Promise<NetworkShell>;
  traceShell(node: Node): Promise<TraceShell>;
  /** The file system of a node's data. @throws Error where nodes have none of their own */
  volume(node: Node): Volume;
  /** From now on nothing that nodes write reaches the disks of their file systems, which are mounted again by `repair`. */
  cutPower(): Promise<void>;
  /** Of every node that runs, and of the client. Cheap: it is asked four times a second. */
  usage(): Promise<readonly NodeUsage[]>;
  /** The driver's result files, copied into `folder`. */
  copyResults(folder: string): Promise<void>;
  log(node: Node): Promise<string>;
  /** Why what the nodes run in is lost, where it is. */
  lost?(): string | undefined;
  /** How the clocks of the hosts of nodes and client stand, where that is not this machine; their times come in that of here. */
  clocks?(): readonly { node: string; offsetNs: bigint; errorNs: bigint }[];
  /** CPU time of all hosts of nodes, in ns, where that is not this machine. */
  hostCpu?(): Promise<{ usedNs: number; totalNs: number }>;
  down(): Promise<void>;
}

export type RuntimeProvenance = Pick<
  Row<'runs'>,
  'dqlite_version' | 'go_dqlite_version' | 'image_id' | 'docker_version' | 'compose_version'
>;

/** A runtime before it is opened for a campaign; `src/vocabulary/runtimes.ts` says what it is called. */
export interface RuntimeKind {
  /** `say` is told what takes long; `hosts` is the path of a file that names hosts. */
  open(campaign: string, say: (text: string) => void, hosts?: string): Runtime;
  /** The releases to run where these were named, or none. @throws UserError for one that it cannot run */
  releases(named: readonly string[] | undefined): readonly string[];
}

/** The name of the client, where it is a process of its own. */
export const CLIENT = 'client';

/** What a node uses now; undefined while it does not run. */
export async function usageOf(cluster: Pick<Cluster, 'usage'>, node: Node): Promise<NodeUsage | undefined> {
  return (await cluster.usage()).find((used) => used.node === node.name);
}

/** What nodes run in: brings a cluster up, runs commands in it, makes faults in it, observes it, takes it down. */
export interface Runtime {
  readonly name: Row<'runs'>['runtime'];
  /** Makes ready what clusters of this release are made from, for these workloads at the least. */
  prepare(release: string, workloads: ReadonlySet<ClusterSpec['workload']>): Promise<RuntimeProvenance>;
  /** Why it cannot do this here, or undefined when it can. */
  lacks(capability: Capability): Promise<string | undefined>;
  up(spec: ClusterSpec): Promise<Cluster>;
  /** Removes what an earlier campaign of the same name left behind, and nothing else; says what. */
  removeLeftovers(): Promise<string[]>;
  /** Lets go of what is kept open beyond a run. */
  close?(): Promise<void>;
}
