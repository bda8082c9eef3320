import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../src/common/errors.js';
import { takeLock } from '../src/common/lock.js';

/** Takes the only place on this host for a campaign of this name; two at once would share containers. Returns what gives it back. */
export function lockCampaign(name: string, folder = join(tmpdir(), 'dqlite-reliability')): () => void {
  return takeLock(
    join(folder, `${name}.lock`),
    (holder) =>
      new UserError(
        `a campaign named ${name} is running on this host (process ${holder}): wait for it, or choose another --name`,
      ),
  );
}
