import { createHash, webcrypto } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

/** The file that makes a folder a dataset. */
export const PACKAGE_FILE = 'datapackage.json';

/** Bytes up to which a file is hashed whole, beside the thread that asks, which goes on meanwhile. */
const HASHED_WHOLE = 100e6;

/** A file's length and SHA-256, in hexadecimal. */
export async function checksum(path: string): Promise<{ bytes: number; sha256: string }> {
  const bytes = (await stat(path)).size;
  if (bytes <= HASHED_WHOLE) {
    const digest = await webcrypto.subtle.digest('SHA-256', await readFile(path));
    return { bytes, sha256: Buffer.from(digest).toString('hex') };
  }
  const hash = createHash('sha256');
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part);
  return { bytes, sha256: hash.digest('hex') };
}
