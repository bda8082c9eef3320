/** What can happen during a run. */
export const EVENTS = [
  'workload_started',
  'workload_ended',
  'fault_planned',
  'fault_injected',
  'fault_confirmed',
  'fault_lifted',
  'recovered',
  'leader_changed',
  'node_exited',
  'node_started',
  'count_taken',
  'clock_measured',
] as const;
export type EventName = (typeof EVENTS)[number];

/** A leader first seen so soon after the workload started, in ms, led at its start: an answer takes as long to come and be believed. */
export const FIRST_LEADER_MS = 400;
