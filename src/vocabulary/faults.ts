import type { EvidenceMetric } from './evidence.js';
import type { SeverityUnit } from './severity-units.js';

/** What is known of a kind of fault; how it is made is a file of the same name in `collect/faults/`. */
export interface FaultDescription {
  /** For figures and tables. */
  readonly label: string;
  /** What happens to the node, for people who choose a fault. */
  readonly about: string;
  /** What severity is counted in; null where there is no more or less of it. */
  readonly unit: SeverityUnit | null;
  /** Whether more or less of the unit is worse for the node; null without a unit. */
  readonly worse: 'more' | 'less' | null;
  /** Whether the node answers nobody meanwhile, so that a leader is lost. */
  readonly unavailable: boolean;
  /** Whether it hits all nodes at once, so that it cannot be aimed at one. Default: false. */
  readonly hitsAll?: true;
  /** Whether what makes it uses CPU itself, which a run counts as others' (a tracer, a queue of packets). Default: false. */
  readonly usesCpu?: true;
  /** The severity at which what makes it is at work and does nothing: the others are compared with it, where it was run. */
  readonly control?: number;
  /** The measurements of which one has to pass its threshold; without it the fault was not tested. */
  readonly evidence: readonly [EvidenceMetric, ...EvidenceMetric[]];
}

/** Every kind of fault. A kind that is added here does not compile until it has its mechanics. */
export const FAULTS = {
  'cpu-contention': {
    label: 'CPU contention',
    about: 'processes on the host use all the CPU time that they get',
    unit: 'burners',
    worse: 'more',
    unavailable: false,
    evidence: ['burner_cpu_time'],
  },
  'cpu-contention-pinned': {
    label: 'CPU contention, pinned',
    about: 'the node is bound to one core, together with processes that use all the CPU time that they get',
    unit: 'burners',
    worse: 'more',
    unavailable: false,
    evidence: ['burner_cpu_time'],
  },
  'cpu-limit': {
    label: 'CPU limit',
    about: 'the node may use no more than so many CPUs',
    unit: 'cpus',
    worse: 'less',
    unavailable: false,
    evidence: ['throttled_share'],
  },
  'memory-limit': {
    label: 'Memory limit',
    about: 'the node may use no more than so much memory (five times as much with swap)',
    unit: 'MB',
    worse: 'less',
    unavailable: false,
    evidence: ['memory_limit_hits', 'memory_kills'],
  },
  crash: {
    label: 'Crash',
    about: 'the node is killed (SIGKILL), and started again at the lift',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['exit_code'],
  },
  stop: {
    label: 'Stop',
    about: 'the node is told to end (SIGTERM), which it does without closing, and started again at the lift',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['exit_code'],
  },
  close: {
    label: 'Close',
    about: 'the node closes and ends, without handing its role over, and is started again at the lift',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['exit_code'],
  },
  shutdown: {
    label: 'Shutdown',
    about: 'the node hands its role over, closes and ends, as LXD has it, and is started again at the lift',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['exit_code'],
  },
  transfer: {
    label: 'Transfer of leadership',
    about: 'leadership is taken from the node where it leads, else given to it; the lift moves nothing back',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['leadership_moved'],
  },
  remove: {
    label: 'Removal of a member',
    about: 'the node is taken out of the cluster, while it runs on, and taken in again at the lift',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['votes'],
  },
  join: {
    label: 'Addition of a member',
    about: 'a new node joins the cluster as a voter, and stays',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['votes_gained'],
  },
  replace: {
    label: 'Replacement of a member',
    about:
      'the node gives leadership up, is killed and taken out of the cluster; at the lift an empty one joins in its place',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['votes'],
  },
  upgrade: {
    label: 'Upgrade',
    about: 'the node is shut down in good order and started again, with its data, as the next release',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['library_version'],
  },
  pause: {
    label: 'Pause',
    about: 'the node is frozen, and goes on at the lift',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['cpu_time'],
  },
  'network-rate': {
    label: 'Network rate',
    about: 'the node sends no more than so many bytes a second',
    unit: 'bytes_per_s',
    worse: 'less',
    unavailable: false,
    evidence: ['packets_queued'],
  },
  'network-cut': {
    label: 'Network cut',
    about: 'no packet reaches or leaves the node',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['packets_dropped'],
  },
  'network-cut-in': {
    label: 'Network cut, inbound',
    about: 'no packet reaches the node',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['packets_dropped'],
  },
  'network-cut-out': {
    label: 'Network cut, outbound',
    about: 'no packet leaves the node',
    unit: null,
    worse: null,
    unavailable: true,
    evidence: ['packets_dropped'],
  },
  'network-cut-link': {
    label: 'Link cut',
    about: 'no packet passes between the node and one of the others',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['packets_dropped'],
  },
  'network-cut-link-out': {
    label: 'Link cut, outbound',
    about: 'no packet passes from the node to one of the others, while all that this one sends arrives',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['packets_dropped'],
  },
  'partition-quorum-loss': {
    label: 'Partition: quorum loss',
    about: 'the node reaches all of the others, and they reach it alone',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['links_cut'],
  },
  'partition-constrained': {
    label: 'Partition: constrained election',
    about: 'the leader reaches nobody; the node reaches all of the others, and they reach it alone',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['links_cut'],
  },
  'partition-chained': {
    label: 'Partition: chained',
    about: 'each reaches the one before it and the one after it in a chain, whose first the node is',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['links_cut'],
  },
  'network-delay': {
    label: 'Network delay',
    about: 'whatever goes to the node and back takes so many milliseconds longer',
    unit: 'ms',
    worse: 'more',
    unavailable: false,
    usesCpu: true,
    evidence: ['round_trip_time', 'packets_delayed'],
  },
  'network-delay-link': {
    label: 'Link delay',
    about: 'whatever goes from one other node to the node and back takes so many milliseconds longer',
    unit: 'ms',
    worse: 'more',
    unavailable: false,
    usesCpu: true,
    evidence: ['round_trip_time'],
  },
  'network-jitter': {
    label: 'Network jitter',
    about: 'each packet to the node takes longer by a time of its own, of up to so many milliseconds',
    unit: 'ms',
    worse: 'more',
    unavailable: false,
    usesCpu: true,
    evidence: ['round_trip_deviation'],
  },
  'network-loss': {
    label: 'Packet loss',
    about: 'so many percent of the packets that are sent to the node are lost',
    unit: 'percent',
    worse: 'more',
    unavailable: false,
    usesCpu: true,
    evidence: ['packets_dropped'],
  },
  'network-loss-link': {
    label: 'Link loss',
    about: 'so many percent of the packets that one other node sends to the node are lost',
    unit: 'percent',
    worse: 'more',
    unavailable: false,
    usesCpu: true,
    evidence: ['packets_dropped'],
  },
  'disk-throttle': {
    label: 'Disk throttle',
    about: 'the node writes and reads no more than so many bytes a second',
    unit: 'bytes_per_s',
    worse: 'less',
    unavailable: false,
    evidence: ['write_rate'],
  },
  'disk-slow': {
    label: 'Slow disk',
    about: 'each write of the node’s log takes so many milliseconds longer',
    unit: 'ms',
    worse: 'more',
    unavailable: false,
    usesCpu: true,
    control: 0.001,
    evidence: ['write_time'],
  },
  'disk-full': {
    label: 'Full disk',
    about: 'no space is left on the node’s file system, until some is freed at the lift',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['writes_refused'],
  },
  'disk-read-only': {
    label: 'Read-only disk',
    about: 'the node’s file system refuses writes; at the lift it is checked and the node started again',
    unit: null,
    worse: null,
    unavailable: false,
    evidence: ['writes_refused'],
  },
  'power-cut': {
    label: 'Power cut',
    about:
      'all nodes are killed at one instant, and what was not on their disks is lost; started again at the lift',
    unit: null,
    worse: null,
    unavailable: true,
    hitsAll: true,
    evidence: ['unsynced_bytes', 'exit_code'],
  },
} as const satisfies Record<string, FaultDescription>;

export type FaultKind = keyof typeof FAULTS;

export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];

/** The kinds whose node answers nobody meanwhile. */
export const LOSSES: readonly FaultKind[] = FAULT_KINDS.filter((kind) => FAULTS[kind].unavailable);

/** What stands in the column `fault` of a run without one. */
export const NO_FAULT = 'none';

/** The description of a fault as a dataset names it; undefined for none, and for one of another origin. */
export function faultDescription(fault: string): FaultDescription | undefined {
  return Object.hasOwn(FAULTS, fault) ? FAULTS[fault as FaultKind] : undefined;
}

/** Whether what makes one of these faults (joined by +) is counted among what others use of the CPU. */
export function usesCpu(faults: string): boolean {
  return faults.split('+').some((kind) => faultDescription(kind)?.usesCpu ?? false);
}

/** A number that grows with how hard a severity is, to order the severities of one fault: the last is the hardest. */
export function severityRank(fault: string, severity: number | null): number {
  return (severity ?? 0) * (faultDescription(fault)?.worse === 'less' ? -1 : 1);
}
