import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../src/common/errors.js';
import { readIfThere } from './observe/cgroup.js';

/**
 * Takes the only place on this host for a campaign of this name; two at once would share containers. Returns what
 * gives it back. A lock whose process is gone is taken over.
 */
export function lockCampaign(name: string, folder = join(tmpdir(), 'dqlite-reliability')): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.lock`);
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(readFileSync(path, 'utf8'));
    if (holder && isAlive(holder)) {
      throw new UserError(
        `a campaign named ${name} is running on this host (process ${holder}): wait for it, or choose another --name`,
      );
    }
    rmSync(path, { force: true });
  }
}

/** A process that has ended but was not yet waited for (Z) is not alive. */
function isAlive(pid: number): boolean {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat !== undefined && !/\) [ZX] /.test(stat);
}
