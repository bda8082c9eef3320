import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packagePath } from '../../src/common/paths.js';

/** Where the client's sources are. */
export const CLIENT_FOLDER = packagePath('collect', 'client');

/** A digest of all that the client is built from. */
export async function clientSources(): Promise<string> {
  const digest = createHash('sha256');
  for (const name of (await readdir(CLIENT_FOLDER)).sort()) {
    if (name.endsWith('_test.go') || !/\.(go|sh)$/.test(name)) continue;
    digest.update(name).update(await readFile(join(CLIENT_FOLDER, name)));
  }
  return digest.digest('hex').slice(0, 16);
}
