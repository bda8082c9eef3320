import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder in which the test files of one call share what is costly to make up. */
const SHARED = 'DQLITE_RELIABILITY_MADE_UP';

export interface MadeUp {
  folder: string;
  /** Deletes the folder, unless others may still read it. */
  remove(): Promise<void>;
}

/** Has all processes that `action` starts share what they make up; it is deleted at the end. */
export async function sharingWhatIsMadeUp<T>(action: () => Promise<T>): Promise<T> {
  const shared = await mkdtemp(join(tmpdir(), 'made-up-'));
  process.env[SHARED] = shared;
  try {
    return await action();
  } finally {
    delete process.env[SHARED];
    await rm(shared, { recursive: true, force: true });
  }
}

/**
 * A folder with what `make` writes into it, for reading alone: made once for all test files that share what they make up, and
 * for each call where none do.
 */
export async function madeUpOnce(name: string, make: (folder: string) => Promise<void>): Promise<MadeUp> {
  const shared = process.env[SHARED];
  const place = shared && join(shared, name);
  if (place && existsSync(place)) return { folder: place, remove: async () => {} };
  const own = await mkdtemp(join(shared ?? tmpdir(), `${name}-`));
  const remove = () => rm(own, { recursive: true, force: true });
  try {
    const folder = join(own, name);
    await mkdir(folder);
    await make(folder);
    if (!place) return { folder, remove };
    // whoever was faster has made the same
    await rename(folder, place).catch((error) => {
      if (!existsSync(place)) throw error;
    });
    await remove();
    return { folder: place, remove: async () => {} };
  } catch (error) {
    await remove();
    throw error;
  }
}
