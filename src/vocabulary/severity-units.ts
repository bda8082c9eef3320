/** The units of severity, each with what one of it is. */
export const SEVERITY_UNITS = {
  burners: 'processes that use all the CPU time they get',
  cpus: 'CPUs that the node may use',
  MB: 'MiB (2^20 bytes) of memory, called MB as in 2022',
  bytes_per_s: 'bytes a second',
  ms: 'milliseconds',
  percent: 'percent',
} as const;

export type SeverityUnit = keyof typeof SEVERITY_UNITS;

/** What can be asked for, of units that have a bound. */
export const SEVERITY_LIMITS: Partial<Record<SeverityUnit, { whole?: boolean; most: number }>> = {
  burners: { whole: true, most: 1024 },
  percent: { most: 100 },
};
