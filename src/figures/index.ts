import { baseline } from './baseline.js';
import { cpuLevels } from './cpu-levels.js';
import { errors } from './errors.js';
import { evidence } from './evidence.js';
import type { Figure } from './figure.js';
import { followerLatency } from './follower-latency.js';
import { followerThroughput } from './follower-throughput.js';
import { impact } from './impact.js';
import { latencyDistribution } from './latency-distribution.js';
import { latencyHeatMap } from './latency-heat.js';
import { leaderLatency } from './leader-latency.js';
import { leaderThroughput } from './leader-throughput.js';
import { memoryLevels } from './memory-levels.js';
import { outage } from './outage.js';
import { published } from './published.js';
import { timeline } from './timeline.js';
import { timelineCut } from './timeline-cut.js';
import { timelinePause } from './timeline-pause.js';

/** Every figure, in the order of the index page. */
export const figures: readonly Figure[] = [
  baseline,
  leaderThroughput,
  leaderLatency,
  followerThroughput,
  followerLatency,
  cpuLevels,
  memoryLevels,
  published,
  timeline,
  timelinePause,
  timelineCut,
  outage,
  impact,
  latencyDistribution,
  latencyHeatMap,
  errors,
  evidence,
];
