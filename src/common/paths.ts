import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package's own package.json, whether this file runs from src/ or from dist/src/. */
export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** A file or folder of the package itself, such as `packagePath('collect', 'Dockerfile')`. */
export function packagePath(...parts: string[]): string {
  return join(packageRoot, ...parts);
}

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}
