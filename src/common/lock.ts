import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Takes a lock: a file that holds the number of the process that has it. A lock whose process is gone is taken over, and
 * so is one without a number: nobody has it.
 *
 * @param refused the error for a lock that another process has
 * @returns what gives the lock back
 */
export function takeLock(path: string, refused: (holder: number) => Error): () => void {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    if (create(path)) return () => rmSync(path, { force: true });
    const holder = holderOf(path);
    if (holder === undefined) continue; // it was given back in between
    if (holder !== 0 && (attempt > 0 || isAlive(holder))) throw refused(holder);
    rmSync(path, { force: true });
  }
}

/** Makes the file with its number in it at once, whenever this process is killed; false where it is there already. */
function create(path: string): boolean {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** The process that has a lock; 0 where the file does not tell, undefined where it is gone. */
function holderOf(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8')) || 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A process that has ended but was not yet waited for (Z) is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // it has ended in between
  }
}
