import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { temporaryBeside } from '../common/files.js';
import { takeLock } from '../common/lock.js';
import { PACKAGE_FILE } from './files.js';

/** Ends the name of a dataset that is being replaced: the only copy there is, until the new one has its place. */
const OLD = '.old';

/**
 * Makes a dataset folder whole or not at all: `fill` writes into a temporary folder beside it, which then takes the
 * place of `target`. On any error what was at `target` stays as it was. A second process that wants the same target
 * in the meantime is refused. What a process that was killed left beside it is cleared away.
 */
export async function createDataset<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const path = resolve(target);
  await mkdir(dirname(path), { recursive: true });
  const unlock = lock(path);
  const folder = temporaryBeside(path);
  try {
    await clearLeftovers(path);
    await refuseOther(path);
    await mkdir(folder);
    const result = await fill(folder);
    await replace(path, folder);
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
    unlock();
  }
}

async function refuseOther(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const entries = await readdir(path).catch(() => undefined);
  if (entries === undefined)
    throw new UserError(`${path} is not a folder: expected a folder for the dataset`);
  if (entries.length > 0 && !entries.includes(PACKAGE_FILE)) {
    throw new UserError(
      `${path} holds files but no dataset (no ${PACKAGE_FILE}), and would be replaced: choose another folder, or empty it`,
    );
  }
}

async function replace(path: string, folder: string): Promise<void> {
  if (!existsSync(path)) return rename(folder, path);
  const old = temporaryBeside(`${path}${OLD}`);
  await rename(path, old);
  try {
    await rename(folder, path);
  } catch (error) {
    await rename(old, path);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** Only for who holds the lock: then nobody is at work on these. */
async function clearLeftovers(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const own = name.startsWith(basename(path)) ? name.slice(basename(path).length) : '';
    if (!/^(\.old)?\.\d+-[0-9a-f]{8}\.tmp$/.test(own)) continue;
    const leftover = join(dirname(path), name);
    if (own.startsWith(OLD) && !existsSync(path)) await rename(leftover, path);
    else await rm(leftover, { recursive: true, force: true });
  }
}

function lock(path: string): () => void {
  const file = join(dirname(path), `.${basename(path)}.lock`);
  return takeLock(
    file,
    (holder) =>
      new UserError(
        `${path} is being written by another process (${holder}): nothing was changed; try again when it has ended`,
      ),
  );
}
