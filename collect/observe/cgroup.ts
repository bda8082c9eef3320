import { existsSync, readFileSync } from 'node:fs';
import type { Usage } from '../runtimes/parts/runtime.js';
import { kernelError } from '../worldly-reason.js';

export const cgroupVersion: 1 | 2 = existsSync('/sys/fs/cgroup/cgroup.controllers') ? 2 : 1;

/** Where a control group's files lie: one folder for each controller in version 1, one for all in version 2. */
export type CgroupFolders = (
  controller: 'cpu' | 'cpuacct' | 'cpuset' | 'memory' | 'blkio' | 'freezer',
) => string;

/** Reads a file of the kernel's; undefined when it is not there (any more). */
type Read = (path: string) => string | undefined;

/** The control group of a process, or undefined when there is no such process. */
export function cgroupOf(
  pid: number,
  read: Read = readIfThere,
  version = cgroupVersion,
): CgroupFolders | undefined {
  const lines = read(`/proc/${pid}/cgroup`)?.trim().split('\n');
  if (!lines) return undefined;
  const paths = new Map<string, string>();
  for (const line of lines) {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    for (const controller of controllers.split(',')) paths.set(controller, path);
  }
  return version === 2
    ? () => `/sys/fs/cgroup${paths.get('') ?? ''}`
    : (controller) => `/sys/fs/cgroup/${controller}${paths.get(controller) ?? ''}`;
}

/** What a control group has used; null for what its kernel does not count. Undefined when the group is gone. */
export function cgroupUsage(
  folders: CgroupFolders,
  read: Read = readIfThere,
  version = cgroupVersion,
): Omit<Usage, 'received_bytes' | 'sent_bytes'> | undefined {
  return version === 2 ? usage2(folders('cpu'), read) : usage1(folders, read);
}

function usage1(folders: CgroupFolders, read: Read) {
  const cpu = read(`${folders('cpuacct')}/cpuacct.usage`);
  if (cpu === undefined) return undefined;
  const memory = read(`${folders('memory')}/memory.stat`);
  const io = read(`${folders('blkio')}/blkio.throttle.io_service_bytes`);
  return {
    cpu_ns: BigInt(cpu.trim()),
    cpu_throttled_ns: bigField(read(`${folders('cpu')}/cpu.stat`), 'throttled_time'),
    memory_bytes: number(read(`${folders('memory')}/memory.usage_in_bytes`)),
    memory_limit_bytes: limit(read(`${folders('memory')}/memory.limit_in_bytes`)),
    major_faults: field(memory, 'total_pgmajfault'),
    memory_limit_hits: number(read(`${folders('memory')}/memory.failcnt`)),
    oom_kills: field(read(`${folders('memory')}/memory.oom_control`), 'oom_kill'),
    read_bytes: sum(io, / Read (\d+)/g),
    written_bytes: sum(io, / Write (\d+)/g),
  };
}

function usage2(folder: string, read: Read) {
  const cpu = read(`${folder}/cpu.stat`);
  if (cpu === undefined) return undefined;
  const io = read(`${folder}/io.stat`);
  const throttledUs = bigField(cpu, 'throttled_usec');
  return {
    cpu_ns: (bigField(cpu, 'usage_usec') ?? 0n) * 1000n,
    cpu_throttled_ns: throttledUs === null ? null : throttledUs * 1000n,
    memory_bytes: number(read(`${folder}/memory.current`)),
    memory_limit_bytes: limit(read(`${folder}/memory.max`)),
    major_faults: field(read(`${folder}/memory.stat`), 'pgmajfault'),
    memory_limit_hits: field(read(`${folder}/memory.events`), 'max'),
    oom_kills: field(read(`${folder}/memory.events`), 'oom_kill'),
    read_bytes: sum(io, /rbytes=(\d+)/g),
    written_bytes: sum(io, /wbytes=(\d+)/g),
  };
}

/** Bytes received and sent by a process's network namespace, its loopback left out. */
export function networkUsage(
  pid: number,
  read: Read = readIfThere,
): Pick<Usage, 'received_bytes' | 'sent_bytes'> {
  const listing = read(`/proc/${pid}/net/dev`);
  if (listing === undefined) return { received_bytes: null, sent_bytes: null };
  let received = 0;
  let sent = 0;
  for (const [, name, rest = ''] of listing.matchAll(/^\s*(\S+):\s*(.*)$/gm)) {
    const fields = rest.split(/\s+/);
    if (name === 'lo') continue;
    received += Number(fields[0]);
    sent += Number(fields[8]);
  }
  return { received_bytes: received, sent_bytes: sent };
}

/** A file of the kernel's, or undefined when it is not there (any more). */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    kernelError(error);
    return undefined;
  }
}

function number(content: string | undefined): number | null {
  return content === undefined ? null : Number(content);
}

/** "max" in version 2, and in version 1 a number near 2^63, say that there is none. */
function limit(content: string | undefined): number | null {
  const value = Number(content ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : null;
}

function bigField(content: string | undefined, name: string): bigint | null {
  const value = content && new RegExp(`^${name} (\\d+)$`, 'm').exec(content)?.[1];
  return value ? BigInt(value) : null;
}

function field(content: string | undefined, name: string): number | null {
  const value = bigField(content, name);
  return value === null ? null : Number(value);
}

function sum(content: string | undefined, pattern: RegExp): number | null {
  if (content === undefined) return null;
  return [...content.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
}
