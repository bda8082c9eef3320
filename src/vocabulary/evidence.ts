/** A measurement that can show that a fault took effect. */
export interface MetricDescription {
  readonly about: string;
  readonly unit: string;
  /** On which side of its threshold the value during the fault has to be. */
  readonly confirms: 'at least' | 'at most';
}

/** The measurements that faults owe. The threshold stands beside each value, since it may depend on the value before. */
export const EVIDENCE_METRICS = {
  burner_cpu_time: { about: 'CPU time that the burners used', unit: 's', confirms: 'at least' },
  throttled_share: {
    about: 'time for which the node was held back by its CPU limit, as a share of the fault’s length',
    unit: 'share',
    confirms: 'at least',
  },
  memory_limit_hits: {
    about: 'times that the node asked for memory that its limit did not leave',
    unit: 'times',
    confirms: 'at least',
  },
  memory_kills: { about: 'processes of the node killed for memory', unit: 'kills', confirms: 'at least' },
  exit_code: {
    about: 'exit code of the node’s process, which has ended',
    unit: 'code',
    confirms: 'at least',
  },
  cpu_time: {
    about: 'CPU time that the node used between two looks',
    unit: 'ns',
    confirms: 'at most',
  },
  leadership_moved: {
    about: 'whether another node leads than did before: 1 if it does',
    unit: 'flag',
    confirms: 'at least',
  },
  votes: { about: 'whether the node is a voter: 1 if it is', unit: 'flag', confirms: 'at most' },
  votes_gained: {
    about: 'whether the new node is a voter, which it is once it has the log: 1 if it is',
    unit: 'flag',
    confirms: 'at least',
  },
  library_version: {
    about: 'version of dqlite that the node’s process says it runs, as a number',
    unit: 'version',
    confirms: 'at least',
  },
  packets_queued: { about: 'packets that waited for the rate limit', unit: 'packets', confirms: 'at least' },
  packets_dropped: { about: 'packets dropped', unit: 'packets', confirms: 'at least' },
  links_cut: {
    about: 'links between nodes over which no answer comes back',
    unit: 'links',
    confirms: 'at least',
  },
  round_trip_time: { about: 'time to another node and back', unit: 'ms', confirms: 'at least' },
  round_trip_deviation: {
    about: 'standard deviation of the time to another node and back',
    unit: 'ms',
    confirms: 'at least',
  },
  packets_delayed: { about: 'packets sent late', unit: 'packets', confirms: 'at least' },
  write_time: {
    about: 'time that a write of the node’s log took, the median',
    unit: 'ms',
    confirms: 'at least',
  },
  writes_refused: {
    about: 'trial writes that the node’s file system refused',
    unit: 'writes',
    confirms: 'at least',
  },
  unsynced_bytes: {
    about: 'bytes found afterwards of those that were written and not yet on the disk',
    unit: 'bytes',
    confirms: 'at most',
  },
  write_rate: { about: 'bytes a second that the node wrote', unit: 'bytes_per_s', confirms: 'at most' },
} as const satisfies Record<string, MetricDescription>;

export type EvidenceMetric = keyof typeof EVIDENCE_METRICS;

/** Whether a measurement is evidence: its value during the fault is on the right side of the threshold. */
export function isEvidence({
  metric,
  during,
  threshold,
}: {
  metric: EvidenceMetric;
  during: number;
  threshold: number;
}): boolean {
  return EVIDENCE_METRICS[metric].confirms === 'at least' ? during >= threshold : during <= threshold;
}
