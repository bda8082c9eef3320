import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { csv } from '../../src/common/csv.js';
import { TABLES } from '../../src/dataset/schema.js';
import { CAPTURE, CAPTURE_FORMAT, type CapturedFile, type CapturedRun, type Manifest } from './format.js';

/** Rows of a table as CSV, without run_id; null is an empty field. */
export function toCsv(table: 'events' | 'evidence' | 'samples', rows: readonly object[]): string {
  const columns = TABLES[table].columns.map(({ name }) => name).filter((name) => name !== 'run_id');
  return csv(columns, rows);
}

/**
 * Ends a capture: writes its manifest with the checksum of every file, and gives the folder its final name. A capture
 * under its final name is whole, and is not written to again.
 */
export async function sealCapture(temporary: string, final: string, run: CapturedRun): Promise<void> {
  const manifest: Manifest = { format: CAPTURE_FORMAT, run, files: await checksums(temporary) };
  await writeFile(join(temporary, CAPTURE.manifest), `${JSON.stringify(manifest, null, 2)}\n`);
  await rm(final, { recursive: true, force: true });
  await rename(temporary, final);
}

async function checksums(folder: string): Promise<CapturedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.sort().map(async (path) => ({
      path: path.slice(folder.length + 1),
      bytes: (await stat(path)).size,
      sha256: await sha256(path),
    })),
  );
}

async function sha256(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest);
  return digest.digest('hex');
}
