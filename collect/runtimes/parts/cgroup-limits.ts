import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CgroupFolders, cgroupVersion } from '../../observe/cgroup.js';
import { kernelError } from '../../worldly-reason.js';

const PERIOD_US = 100_000;

/** Limits (or with null frees) the CPUs that a group may use. */
export function limitCpuIn(folders: CgroupFolders, cpus: number | null): void {
  const quota = cpus === null ? null : Math.round(cpus * PERIOD_US);
  if (cgroupVersion === 2) {
    write(folders('cpu'), 'cpu.max', `${quota ?? 'max'} ${PERIOD_US}`);
    return;
  }
  write(folders('cpu'), 'cpu.cfs_period_us', PERIOD_US);
  write(folders('cpu'), 'cpu.cfs_quota_us', quota ?? -1);
}

/** Limits (or with null frees) the memory of a group; with swap, where that is counted, it is five times as much. */
export function limitMemoryIn(folders: CgroupFolders, bytes: number | null): void {
  const folder = folders('memory');
  const limits: [file: string, value: string | number][] =
    cgroupVersion === 2
      ? [
          ['memory.max', bytes ?? 'max'],
          ['memory.swap.max', bytes === null ? 'max' : bytes * 4],
        ]
      : [
          ['memory.limit_in_bytes', bytes ?? -1],
          ['memory.memsw.limit_in_bytes', bytes === null ? -1 : bytes * 5],
        ];
  // in version 1 the limit with swap may never be the lower one
  for (const [file, value] of bytes === null ? limits.toReversed() : limits) {
    if (!existsSync(join(folder, file))) continue;
    try {
      write(folder, file, value);
    } catch (cause) {
      if (kernelError(cause).code !== 'EBUSY') throw cause;
      throw new Error(
        `the kernel refused a memory limit of ${value} bytes: more is in use, and none of it can be taken back without swap`,
        { cause },
      );
    }
  }
}

/** Binds a group to CPUs, written like 0 or 0-3. */
export function pinIn(folders: CgroupFolders, cpus: string): void {
  write(folders('cpuset'), 'cpuset.cpus', cpus);
}

/** Freezes or thaws a group's processes. */
export function freezeIn(folders: CgroupFolders, frozen: boolean): void {
  if (cgroupVersion === 2) write(folders('freezer'), 'cgroup.freeze', frozen ? 1 : 0);
  else write(folders('freezer'), 'freezer.state', frozen ? 'FROZEN' : 'THAWED');
}

function write(folder: string, file: string, value: string | number): void {
  writeFileSync(join(folder, file), String(value));
}
