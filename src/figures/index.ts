// Made from the files beside it by src/generate-indexes.mjs, with every build.
import as2022 from './as-2022.js';
import baseline from './baseline.js';
import capacity from './capacity.js';
import clientImpact from './client-impact.js';
import clientOutcomes from './client-outcomes.js';
import closedLoop from './closed-loop.js';
import dangerZone from './danger-zone.js';
import errors from './errors.js';
import evidence from './evidence.js';
import impact from './impact.js';
import latencyDistribution from './latency-distribution.js';
import latencyHeat from './latency-heat.js';
import outage from './outage.js';
import published from './published.js';
import recovery from './recovery.js';
import responseTimes from './response-times.js';
import serviceOverTime from './service-over-time.js';
import severityHeat from './severity-heat.js';
import timelines from './timelines.js';
import witness from './witness.js';
import type { Figure } from './parts/figure.js';

const all: (Figure | Figure[])[] = [
  as2022,
  baseline,
  capacity,
  clientImpact,
  clientOutcomes,
  closedLoop,
  dangerZone,
  errors,
  evidence,
  impact,
  latencyDistribution,
  latencyHeat,
  outage,
  published,
  recovery,
  responseTimes,
  serviceOverTime,
  severityHeat,
  timelines,
  witness,
];

/** Every figure, in the order of the index page. */
export const figures: readonly Figure[] = all.flat().sort((a, b) => a.order - b.order);

/** Their names. */
export type FigureName =
  | 'baseline'
  | 'capacity'
  | 'client-impact'
  | 'client-outcomes'
  | 'closed-loop'
  | 'cpu-levels'
  | 'danger-zone'
  | 'errors'
  | 'evidence'
  | 'follower-latency'
  | 'follower-throughput'
  | 'impact'
  | 'latency-distribution'
  | 'latency-heat'
  | 'leader-latency'
  | 'leader-throughput'
  | 'memory-levels'
  | 'outage'
  | 'published'
  | 'recovery'
  | 'response-times'
  | 'service-over-time'
  | 'severity-heat'
  | 'timeline'
  | 'timeline-cut'
  | 'timeline-pause'
  | 'witness';
