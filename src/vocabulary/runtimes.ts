/** What nodes can run in. Each has its file in `collect/runtimes/`. */
export interface RuntimeDescription {
  readonly about: string;
  /** For tables. */
  readonly label: string;
  /** What `npm run setup -- --for` gets for it. */
  readonly purpose: 'collect' | 'process' | 'hosts';
  /** Whether its nodes run on other machines, which a file names. */
  readonly elsewhere?: boolean;
}

export const RUNTIMES = {
  compose: { about: 'containers', label: 'containers (Docker Compose)', purpose: 'collect' },
  hosts: {
    about: 'containers on several hosts, which --hosts names',
    label: 'containers on several hosts',
    purpose: 'hosts',
    elsewhere: true,
  },
  process: { about: 'processes, without Docker', label: 'processes of one host', purpose: 'process' },
} as const satisfies Record<string, RuntimeDescription>;

export type RuntimeName = keyof typeof RUNTIMES;

export const RUNTIME_NAMES = Object.keys(RUNTIMES) as RuntimeName[];

/** The runtime that is used where none is named, and drawn where a dataset has several. */
export const DEFAULT_RUNTIME: RuntimeName = 'compose';
