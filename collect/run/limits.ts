/** Longest waits, in ms: for the workload to begin, a leader to hit, the driver to end, and rows to be counted. */
export const START_MS = 60_000;
export const LEADER_MS = 3000;
export const END_MS = 60_000;
export const COUNT_MS = 30_000;
/** A leader to hit is waited for so long where an earlier fault may have cost the cluster its leader, in ms. */
export const NEXT_LEADER_MS = 20_000;
/** What has not been done so long after the end of the workload will never be, in ms. */
export const STUCK_MS = 180_000;
/** A driver that ends up to so much before its time has ended in time: its start is seen a moment late, in ms. */
export const EARLY_MS = 2000;
/** A clock set by more than this makes a run's times useless, in ms. */
export const CLOCK_STEP_MS = 50;
