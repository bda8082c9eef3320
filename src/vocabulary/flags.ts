/** Doubts about a run, which do not keep it from being used, and what each says. */
export const FLAGS = {
  other_cpu: 'others used more of the host’s CPU than the limit',
  writes_disagree: 'the rows found afterwards are not explained by the writes acknowledged and in doubt',
  clock_error: 'how the clock of a node’s host stands is known to no better than 10 ms',
  clock_stepped_back: 'the clock was set back by less than a second during the run',
  not_mapped: 'nothing is known of this imported folder beside its results',
} as const;

export type Flag = keyof typeof FLAGS;

export const FLAG_NAMES = Object.keys(FLAGS) as Flag[];

/** Above this share of the host's CPU time used by others, a run is flagged. */
export const OTHER_CPU_LIMIT = 0.05;
