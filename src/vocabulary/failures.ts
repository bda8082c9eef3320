/** Why a run failed, by what went wrong; `status_reason` says the rest. */
export const FAILURES = {
  workload_not_started: 'the workload did not begin in time',
  no_leader: 'there was no leader to hit',
  wrong_target: 'the node that was to be hit could not be',
  driver_failed: 'the driver ended before its time or with an error',
  killed_for_memory: 'the driver was killed for memory',
  not_ended: 'the workload did not end in time',
  no_results: 'the workload left no results',
  inject_failed: 'the fault could not be injected',
  lift_failed: 'the fault could not be lifted',
  not_counted: 'no leader answered after the run, so the rows could not be counted',
  clock_stepped: 'the system’s clock was set during the run',
  engine_failed: 'what the nodes run in did not answer',
  interrupted: 'the run was stopped',
} as const;

export type Failure = keyof typeof FAILURES;

export const FAILURE_NAMES = Object.keys(FAILURES) as Failure[];
