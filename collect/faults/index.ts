import { cpuContention } from './cpu-contention.js';
import { cpuContentionPinned } from './cpu-contention-pinned.js';
import { cpuLimit } from './cpu-limit.js';
import { crash } from './crash.js';
import { diskThrottle } from './disk-throttle.js';
import type { Fault } from './fault.js';
import { memoryLimit } from './memory-limit.js';
import { networkDelay, networkLoss } from './netem.js';
import { networkCut, networkCutIn, networkCutOut } from './network-cut.js';
import { networkRate } from './network-rate.js';
import { pause } from './pause.js';
import { stop } from './stop.js';

export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  [
    cpuContention,
    cpuContentionPinned,
    cpuLimit,
    memoryLimit,
    crash,
    stop,
    pause,
    networkRate,
    networkCut,
    networkCutIn,
    networkCutOut,
    networkDelay,
    networkLoss,
    diskThrottle,
  ].map((fault) => [fault.kind, fault]),
);
