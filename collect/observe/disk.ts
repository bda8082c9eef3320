import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { kernelError } from '../worldly-reason.js';
import { cgroupVersion } from './cgroup.js';

/** The disk (major:minor) that a path lies on; of a partition, the disk it is part of, since only disks are throttled. */
export function diskOf(path: string): string {
  const { dev } = statSync(path);
  // the kernel's packing of a device number
  const major = ((dev >> 8) & 0xfff) | 0;
  const minor = (dev & 0xff) | ((dev >> 12) & 0xfff00);
  const folder = `/sys/dev/block/${major}:${minor}`;
  if (!existsSync(`${folder}/partition`)) return `${major}:${minor}`;
  return readFileSync(`${folder}/../dev`, 'utf8').trim();
}

/** Limits (or with null frees) what a control group reads and writes of one disk, a second. */
export function limitDiskIn(folder: string, disk: string, bytesPerS: number | null): void {
  if (cgroupVersion === 2) {
    const limit = bytesPerS ?? 'max';
    writeFileSync(`${folder}/io.max`, `${disk} rbps=${limit} wbps=${limit}`);
    return;
  }
  for (const direction of ['read', 'write']) {
    writeFileSync(`${folder}/blkio.throttle.${direction}_bps_device`, `${disk} ${bytesPerS ?? 0}`);
  }
}

/** The limit in force on what a control group writes of one disk, bytes a second; null when there is none. */
export function diskLimitIn(folder: string, disk: string): number | null {
  const file = cgroupVersion === 2 ? 'io.max' : 'blkio.throttle.write_bps_device';
  const line = readFileSync(`${folder}/${file}`, 'utf8')
    .split('\n')
    .find((row) => row.startsWith(`${disk} `));
  const value = Number(cgroupVersion === 2 ? /wbps=(\d+)/.exec(line ?? '')?.[1] : line?.split(' ')[1]);
  return Number.isNaN(value) ? null : value;
}

/** Why disks cannot be throttled here, or undefined when they can. */
export function diskLimitLacks(path: string): string | undefined {
  const folder = cgroupVersion === 2 ? '/sys/fs/cgroup' : '/sys/fs/cgroup/blkio';
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    kernelError(error);
    return `${folder} cannot be written: run as root`;
  }
  if (cgroupVersion === 1 && !existsSync(`${folder}/blkio.throttle.write_bps_device`)) {
    return 'this kernel has no blkio.throttle';
  }
  if (
    cgroupVersion === 2 &&
    !readFileSync(`${folder}/cgroup.controllers`, 'utf8').split(/\s+/).includes('io')
  ) {
    return 'this kernel has no io controller';
  }
  if (!existsSync(`/sys/dev/block/${diskOf(path)}`)) {
    return `${path} does not lie on a disk of its own (${diskOf(path)})`;
  }
  return undefined;
}
