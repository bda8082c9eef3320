import { readFileSync } from 'node:fs';
import { execa, type ResultPromise } from 'execa';
import { until } from '../../observe/clock.js';
import { isStopped } from '../../observe/process.js';
import type { Burners } from './runtime.js';

/** Enters the control groups before `--`, and stops itself until it is let loose. */
const BURN =
  'while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done; kill -STOP $$; while :; do :; done';
// ends with the collector, even when that is killed while the burner is held
const TIED = ['setpriv', '--pdeathsig', 'KILL'];
const START_MS = 5000;
const TICK_NS = 10_000_000; // USER_HZ is 100 wherever Linux shows it to programs

interface Placement {
  /** The core that all are bound to. Default: none. */
  cpu?: number | undefined;
  /** The files by which the i-th burner enters its control groups. */
  entries(i: number): readonly string[];
  /** Called when all have ended. */
  ended(): void;
}

/** Burners that are processes of this host. */
export class HostBurners implements Burners {
  private constructor(
    private readonly processes: readonly ResultPromise[],
    private readonly ended: () => void,
  ) {}

  static async start(count: number, { cpu, entries, ended }: Placement): Promise<HostBurners> {
    const bound = cpu === undefined ? [] : ['taskset', '-c', String(cpu)];
    const [command = '', ...args] = [...TIED, ...bound, 'sh', '-c', BURN, 'burner'];
    const processes = Array.from({ length: count }, (_, i) =>
      execa(command, [...args, ...entries(i), '--'], { reject: false, stdio: 'ignore', cleanup: true }),
    );
    const burners = new HostBurners(processes, ended);
    const ready = () => processes.every(({ pid }) => pid && isStopped(pid)) || undefined;
    if (await until(ready, { everyMs: 2, forMs: START_MS })) return burners;
    await burners.end();
    throw new Error(`the burners did not start: ${command} and sh are needed`);
  }

  async burn(): Promise<void> {
    for (const { pid } of this.processes) if (pid) process.kill(pid, 'SIGCONT');
  }

  async hold(): Promise<void> {
    for (const { pid } of this.processes) if (pid) process.kill(pid, 'SIGSTOP');
  }

  async cpuNs(): Promise<readonly number[]> {
    return this.processes.map(({ pid }) => (pid ? cpuOf(pid) : 0));
  }

  async end(): Promise<void> {
    for (const child of this.processes) child.kill('SIGKILL');
    await Promise.all(this.processes);
    this.ended();
  }
}

/** 0 of a process that has ended. */
function cpuOf(pid: number): number {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return 0;
    throw error;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_NS;
}
