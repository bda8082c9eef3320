// Made from the files beside it by src/generate-indexes.mjs, with every build.
import type { FaultKind } from '../../src/vocabulary/faults.js';
import close from './close.js';
import cpuContention from './cpu-contention.js';
import cpuContentionPinned from './cpu-contention-pinned.js';
import cpuLimit from './cpu-limit.js';
import crash from './crash.js';
import diskFull from './disk-full.js';
import diskReadOnly from './disk-read-only.js';
import diskSlow from './disk-slow.js';
import diskThrottle from './disk-throttle.js';
import join from './join.js';
import memoryLimit from './memory-limit.js';
import networkCut from './network-cut.js';
import networkCutIn from './network-cut-in.js';
import networkCutLink from './network-cut-link.js';
import networkCutLinkOut from './network-cut-link-out.js';
import networkCutOut from './network-cut-out.js';
import networkDelay from './network-delay.js';
import networkDelayLink from './network-delay-link.js';
import networkJitter from './network-jitter.js';
import networkLoss from './network-loss.js';
import networkLossLink from './network-loss-link.js';
import networkRate from './network-rate.js';
import partitionChained from './partition-chained.js';
import partitionConstrained from './partition-constrained.js';
import partitionQuorumLoss from './partition-quorum-loss.js';
import pause from './pause.js';
import powerCut from './power-cut.js';
import remove from './remove.js';
import replace from './replace.js';
import shutdown from './shutdown.js';
import stop from './stop.js';
import transfer from './transfer.js';
import upgrade from './upgrade.js';
import type { Fault } from './parts/fault.js';

/** The mechanics of every kind of fault. */
export const MECHANICS: Readonly<Record<FaultKind, Fault>> = {
  close,
  'cpu-contention': cpuContention,
  'cpu-contention-pinned': cpuContentionPinned,
  'cpu-limit': cpuLimit,
  crash,
  'disk-full': diskFull,
  'disk-read-only': diskReadOnly,
  'disk-slow': diskSlow,
  'disk-throttle': diskThrottle,
  join,
  'memory-limit': memoryLimit,
  'network-cut': networkCut,
  'network-cut-in': networkCutIn,
  'network-cut-link': networkCutLink,
  'network-cut-link-out': networkCutLinkOut,
  'network-cut-out': networkCutOut,
  'network-delay': networkDelay,
  'network-delay-link': networkDelayLink,
  'network-jitter': networkJitter,
  'network-loss': networkLoss,
  'network-loss-link': networkLossLink,
  'network-rate': networkRate,
  'partition-chained': partitionChained,
  'partition-constrained': partitionConstrained,
  'partition-quorum-loss': partitionQuorumLoss,
  pause,
  'power-cut': powerCut,
  remove,
  replace,
  shutdown,
  stop,
  transfer,
  upgrade,
} satisfies Record<FaultKind, Fault>;
