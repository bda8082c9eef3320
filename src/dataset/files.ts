import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** The file that makes a folder a dataset. */
export const PACKAGE_FILE = 'datapackage.json';

/** A file's length and SHA-256, in hexadecimal. */
export async function checksum(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
