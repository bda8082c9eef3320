import { readFileSync } from 'node:fs';
import { execa, type ResultPromise } from 'execa';
import { until } from '../observe/clock.js';
import { isStopped } from '../observe/process.js';

const BURN = `kill -STOP $$; while :; do :; done`;
// ends with the collector, even when that is killed while the burner is held
const TIED = ['setpriv', '--pdeathsig', 'KILL'];
const START_MS = 5000;
const TICK_NS = 10_000_000; // USER_HZ is 100 wherever Linux shows it to programs

/** Processes on the host that use all the CPU time they get. They start frozen, so that letting them loose is instant. */
export class Burners {
  private constructor(private readonly processes: readonly ResultPromise[]) {}

  /** `cpu` binds them all to one core. */
  static async start(count: number, cpu?: number): Promise<Burners> {
    const bound = cpu === undefined ? [] : ['taskset', '-c', String(cpu)];
    const [command = '', ...args] = [...TIED, ...bound, 'sh', '-c', BURN, 'burner'];
    const processes = Array.from({ length: count }, () =>
      execa(command, args, { reject: false, stdio: 'ignore', cleanup: true }),
    );
    const ready = () => processes.every(({ pid }) => pid && isStopped(pid)) || undefined;
    if (await until(ready, { everyMs: 2, forMs: START_MS })) return new Burners(processes);
    for (const child of processes) child.kill('SIGKILL');
    throw new Error(`the burners did not start: ${command} and sh are needed`);
  }

  burn(): void {
    for (const { pid } of this.processes) if (pid) process.kill(pid, 'SIGCONT');
  }

  hold(): void {
    for (const { pid } of this.processes) if (pid) process.kill(pid, 'SIGSTOP');
  }

  /** CPU time used by all of them. */
  cpuNs(): number {
    return this.processes.reduce((sum, { pid }) => sum + (pid ? cpuOf(pid) : 0), 0);
  }

  async end(): Promise<void> {
    for (const child of this.processes) child.kill('SIGKILL');
    await Promise.all(this.processes);
  }
}

function cpuOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_NS;
  } catch {
    return 0;
  }
}
