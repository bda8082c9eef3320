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
import memoryLimit from './memory-limit.js';
import networkCut from './network-cut.js';
import networkCutIn from './network-cut-in.js';
import networkCutLink from './network-cut-link.js';
import networkCutOut from './network-cut-out.js';
import networkDelay from './network-delay.js';
import networkLoss from './network-loss.js';
import networkRate from './network-rate.js';
import pause from './pause.js';
import powerCut from './power-cut.js';
import remove from './remove.js';
import shutdown from './shutdown.js';
import stop from './stop.js';
import transfer from './transfer.js';
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
  'memory-limit': memoryLimit,
  'network-cut': networkCut,
  'network-cut-in': networkCutIn,
  'network-cut-link': networkCutLink,
  'network-cut-out': networkCutOut,
  'network-delay': networkDelay,
  'network-loss': networkLoss,
  'network-rate': networkRate,
  pause,
  'power-cut': powerCut,
  remove,
  shutdown,
  stop,
  transfer,
} satisfies Record<FaultKind, Fault>;
