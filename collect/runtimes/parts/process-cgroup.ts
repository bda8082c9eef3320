import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CgroupFolders, cgroupVersion } from '../../observe/cgroup.js';
import { kernelError } from '../../worldly-reason.js';

const ROOT = '/sys/fs/cgroup';
const CONTROLLERS = cgroupVersion === 2 ? ['cpu', 'memory', 'io'] : ['cpu', 'cpuacct', 'memory', 'blkio'];

/** Version 1 has a tree for each controller, version 2 one for all. */
const trees = cgroupVersion === 2 ? [ROOT] : CONTROLLERS.map((controller) => join(ROOT, controller));

/** A control group for a node, below one of its campaign's own: its folders, and the files to enter it by. */
export function makeGroup(campaign: string, node: string): { folders: CgroupFolders; entries: string[] } {
  const path = join(groupOf(campaign), node);
  for (const tree of trees) {
    if (cgroupVersion === 2) {
      mkdirSync(join(tree, groupOf(campaign)), { recursive: true });
      delegate(tree);
      delegate(join(tree, groupOf(campaign)));
    }
    mkdirSync(join(tree, path), { recursive: true });
  }
  return {
    folders: (controller) => join(ROOT, cgroupVersion === 2 ? '' : controller, path),
    entries: trees.map((tree) => join(tree, path, 'cgroup.procs')),
  };
}

/** Removes a node's control group, which no process is in any more. */
export function removeGroup(campaign: string, node: string): void {
  for (const tree of trees) removeEmpty(join(tree, groupOf(campaign), node));
}

/** Removes the control groups of a campaign; whether there were any. */
export function removeGroups(campaign: string): boolean {
  const folders = trees.map((tree) => join(tree, groupOf(campaign))).filter((folder) => existsSync(folder));
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
    }
    removeEmpty(folder);
  }
  return folders.length > 0;
}

/** Why nodes cannot have control groups here, or undefined when they can. */
export function groupsLack(campaign: string): string | undefined {
  try {
    const { folders } = makeGroup(campaign, 'trial');
    const limits = cgroupVersion === 2 ? ['cpu.max', 'memory.max'] : ['cpu.cfs_quota_us'];
    const missing = limits.find((file) => !existsSync(join(folders('cpu'), file)));
    return missing && `this kernel's control groups have no ${missing}`;
  } catch (error) {
    return `no control group can be made (${kernelError(error).message}): run as root, outside of a container`;
  } finally {
    try {
      removeGroups(campaign);
    } catch (error) {
      kernelError(error); // what could not be made may not be there to remove
    }
  }
}

function groupOf(campaign: string): string {
  return `dqlite-reliability-${campaign}`;
}

/** Version 2: lets the groups below a folder have the controllers. */
function delegate(folder: string): void {
  const file = join(folder, 'cgroup.subtree_control');
  const there = readFileSync(file, 'utf8').trim().split(' ');
  for (const controller of CONTROLLERS.filter((name) => !there.includes(name))) {
    writeFileSync(file, `+${controller}`);
  }
}

/** A group whose last process ended a moment ago may still be busy. */
function removeEmpty(folder: string): void {
  for (let attempt = 1; existsSync(folder); attempt++) {
    try {
      rmdirSync(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EBUSY' || attempt === 100) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
