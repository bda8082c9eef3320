import { baseline } from './baseline.js';
import { cpuLevels } from './cpu-levels.js';
import type { Figure } from './figure.js';
import { followerLatency } from './follower-latency.js';
import { followerThroughput } from './follower-throughput.js';
import { leaderLatency } from './leader-latency.js';
import { leaderThroughput } from './leader-throughput.js';
import { memoryLevels } from './memory-levels.js';

/** Every figure, in the order of the index page. */
export const figures: readonly Figure[] = [
  baseline,
  leaderThroughput,
  leaderLatency,
  followerThroughput,
  followerLatency,
  cpuLevels,
  memoryLevels,
];
