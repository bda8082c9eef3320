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

/** What can be asked for: beyond that a number is a slip of the pen. */
export const SEVERITY_LIMITS: Readonly<Record<SeverityUnit, { whole?: boolean; most: number }>> = {
  burners: { whole: true, most: 1024 },
  cpus: { most: 1024 },
  MB: { most: 2 ** 20 },
  bytes_per_s: { most: 1e11 },
  ms: { most: 60_000 },
  percent: { most: 100 },
};
