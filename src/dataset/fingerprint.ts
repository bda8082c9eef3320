import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_FILE } from './files.js';
import { TABLES } from './schema.js';

/** A text that changes when a dataset's files do: their sizes and times of change, without reading them. */
export async function fingerprint(folder: string): Promise<string> {
  const files = [PACKAGE_FILE, ...Object.values(TABLES).map((table) => table.file)];
  const lines = await Promise.all(
    files.map(async (file) => {
      const found = await stat(join(folder, file)).catch(() => undefined);
      return `${file} ${found?.size} ${found?.mtimeMs}`;
    }),
  );
  return lines.join('\n');
}
