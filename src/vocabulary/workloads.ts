/** What the clients of a run do, and which program does it. */
export interface WorkloadDescription {
  readonly about: string;
  /** For headings. */
  readonly label: string;
  /** The program that plays it: a target of `collect/image/Dockerfile`, which is every node of the cluster, too. */
  readonly program: 'kvreadwrite' | 'write100-then-read' | 'client';
  /** Whether that program is built on Debian's packages, and is not one of them. */
  readonly built: boolean;
  /** What 2022's benchmark is told to play; null where the client plays, which is no member of the cluster. */
  readonly benchmark: string | null;
  /** What the client does, where the scenario does not say it: the share of each kind of operation. */
  readonly mix?: Readonly<Record<string, number>>;
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
  registers: {
    about: 'a client outside of the cluster reads registers and writes unique values to them',
    label: 'Registers',
    program: 'client',
    built: true,
    benchmark: null,
    mix: { read: 0.5, write: 0.5 },
    order: 3,
  },
  lists: {
    about: 'a client outside of the cluster appends to lists and reads them whole, several in a transaction',
    label: 'Lists',
    program: 'client',
    built: true,
    benchmark: null,
    mix: { append: 0.4, 'read-list': 0.4, txn: 0.2 },
    order: 4,
  },
} as const satisfies Record<string, WorkloadDescription>;

export type WorkloadName = keyof typeof WORKLOADS;

export const WORKLOAD_NAMES = Object.keys(WORKLOADS) as WorkloadName[];

/** The workload that 2022's figures are made from, where a dataset has it. */
export const WORKLOAD_2022: WorkloadName = 'write100-then-read';

/** Whether a workload is played by the client, which records every attempt and is no member of the cluster. */
export function isOfClient(workload: WorkloadName): boolean {
  return WORKLOADS[workload].program === 'client';
}

/** Compares workloads by their order in figures. */
export function compareWorkloads(a: WorkloadName, b: WorkloadName): number {
  return WORKLOADS[a].order - WORKLOADS[b].order;
}
