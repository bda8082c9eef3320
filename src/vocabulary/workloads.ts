/** What the clients of a run do, and which program does it. */
export interface WorkloadDescription {
  readonly about: string;
  /** For headings. */
  readonly label: string;
  /** The program that plays it: a target of `collect/image/Dockerfile`, which is every node of the cluster, too. */
  readonly program: 'kvreadwrite' | 'write100-then-read';
  /** Whether that program is built from Debian's sources, and is not one of its packages. */
  readonly built: boolean;
  /** What the benchmark is told to play. */
  readonly benchmark: string;
  /** Order among workloads, as figures show them. */
  readonly order: number;
}

/** Every workload. */
export const WORKLOADS = {
  kvreadwrite: {
    about: 'reads and writes half and half',
    label: 'Reads and writes',
    program: 'kvreadwrite',
    built: false,
    benchmark: 'kvreadwrite',
    order: 2,
  },
  'write100-then-read': {
    about: 'the 2022 variant: each worker writes 100 keys, and then only reads',
    label: 'Reads after writes (2022)',
    program: 'write100-then-read',
    built: true,
    benchmark: 'kvreadwrite',
    order: 1,
  },
} as const satisfies Record<string, WorkloadDescription>;

export type WorkloadName = keyof typeof WORKLOADS;

export const WORKLOAD_NAMES = Object.keys(WORKLOADS) as WorkloadName[];

/** The workload that 2022's figures are made from, where a dataset has it. */
export const WORKLOAD_2022: WorkloadName = 'write100-then-read';

/** Compares workloads by their order in figures. */
export function compareWorkloads(a: WorkloadName, b: WorkloadName): number {
  return WORKLOADS[a].order - WORKLOADS[b].order;
}
