import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CgroupFolders, cgroupVersion } from '../../observe/cgroup.js';
import { kernelError } from '../../worldly-reason.js';

const PERIOD_US = 100_000;

/** A file of the kernel's, and what is written to it. */
export type Setting = readonly [path: string, value: string | number];

/** What limits (or with null frees) the CPUs that a group may use. */
export function cpuLimit(folders: CgroupFolders, cpus: number | null, version = cgroupVersion): Setting[] {
  const quota = cpus === null ? null : Math.round(cpus * PERIOD_US);
  if (version === 2) return [[`${folders('cpu')}/cpu.max`, `${quota ?? 'max'} ${PERIOD_US}`]];
  return [
    [`${folders('cpu')}/cpu.cfs_period_us`, PERIOD_US],
    [`${folders('cpu')}/cpu.cfs_quota_us`, quota ?? -1],
  ];
}

/** What freezes or thaws a group's processes. */
export function freezing(folders: CgroupFolders, frozen: boolean, version = cgroupVersion): Setting[] {
  return version === 2
    ? [[`${folders('freezer')}/cgroup.freeze`, frozen ? 1 : 0]]
    : [[`${folders('freezer')}/freezer.state`, frozen ? 'FROZEN' : 'THAWED']];
}

/** Limits (or with null frees) the CPUs that a group may use. */
export function limitCpuIn(folders: CgroupFolders, cpus: number | null): void {
  for (const setting of cpuLimit(folders, cpus)) write(setting);
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
      write([join(folder, file), value]);
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
  write([`${folders('cpuset')}/cpuset.cpus`, cpus]);
}

/** Freezes or thaws a group's processes. */
export function freezeIn(folders: CgroupFolders, frozen: boolean): void {
  for (const setting of freezing(folders, frozen)) write(setting);
}

function write([path, value]: Setting): void {
  writeFileSync(path, String(value));
}
