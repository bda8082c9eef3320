import { readdirSync } from 'node:fs';
import type { Usage } from '../runtimes/parts/runtime.js';
import { kernelError } from '../worldly-reason.js';
import { readIfThere } from './cgroup.js';

const TICK_NS = 10_000_000n; // USER_HZ is 100 wherever Linux shows it to programs

/**
 * What a process has used, as far as its own files tell. CPU time is in steps of 10 ms; the network is not the
 * process's own. Undefined when it is gone.
 */
export function processUsage(pid: number): Usage | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  const fields = stat && afterName(stat);
  if (!fields || /[ZX]/.test(fields[0]!)) return undefined;
  const io = readIfThere(`/proc/${pid}/io`);
  const resident = readIfThere(`/proc/${pid}/status`)?.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  return {
    cpu_ns: (BigInt(fields[11]!) + BigInt(fields[12]!)) * TICK_NS,
    cpu_throttled_ns: null,
    memory_bytes: resident === undefined ? null : Number(resident) * 1024,
    memory_limit_bytes: null,
    major_faults: Number(fields[9]),
    memory_limit_hits: null,
    oom_kills: null,
    read_bytes: bytesIn(io, 'read_bytes'),
    written_bytes: bytesIn(io, 'write_bytes'),
    received_bytes: null,
    sent_bytes: null,
  };
}

/** Whether every thread of a process is stopped (state T). */
export function isStopped(pid: number): boolean {
  const states = threads(pid).map((thread) => readIfThere(`/proc/${pid}/task/${thread}/stat`));
  return states.length > 0 && states.every((stat) => stat === undefined || afterName(stat)[0] === 'T');
}

/** The CPUs that the threads of a process may run on, as the kernel lists them; one entry where all agree. */
export function allowedCpus(pid: number): Set<string> {
  const lists = threads(pid).map(
    (thread) =>
      readIfThere(`/proc/${pid}/task/${thread}/status`)?.match(/^Cpus_allowed_list:\s+(\S+)$/m)?.[1],
  );
  return new Set(lists.filter((list) => list !== undefined));
}

/** The processes that were started with this in their environment, as far as this user may look. */
export function processesWith(variable: string, value: string): number[] {
  const wanted = `${variable}=${value}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readIfThere(`/proc/${pid}/environ`)?.split('\0').includes(wanted))
    .map(Number);
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch (error) {
    kernelError(error);
    return [];
  }
}

/** The fields of a stat file from the state on; the name before it may hold anything. */
function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function bytesIn(io: string | undefined, name: string): number | null {
  const value = io?.match(new RegExp(`^${name}: (\\d+)$`, 'm'))?.[1];
  return value === undefined ? null : Number(value);
}
