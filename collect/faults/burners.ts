import { readFileSync } from 'node:fs';
import { execa, type ResultPromise } from 'execa';

// Ends with the collector even when that is killed: it looks for its parent between rounds of counting.
const BURN = `while kill -0 $1 2>/dev/null; do i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; done`;
const TICK_NS = 10_000_000; // USER_HZ is 100 wherever Linux shows it to programs

/** Processes on the host that use all the CPU time they get. They start frozen, so that letting them loose is instant. */
export class Burners {
  private readonly processes: ResultPromise[];

  /** `cpu` binds them all to one core. */
  constructor(count: number, cpu?: number) {
    const command = ['sh', '-c', BURN, 'burner', String(process.pid)];
    const bound = cpu === undefined ? command : ['taskset', '-c', String(cpu), ...command];
    this.processes = Array.from({ length: count }, () =>
      execa(bound[0]!, bound.slice(1), { reject: false, stdio: 'ignore', cleanup: true }),
    );
    this.hold();
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
