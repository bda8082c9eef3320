import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataPackage } from '../../dataset/datapackage.js';
import { checksum, PACKAGE_FILE } from '../../dataset/files.js';
import type { Table } from '../../dataset/schema.js';
import type { Problem } from './problem.js';

/**
 * Whether the files are those that the package lists, with the bytes that it says.
 * @param readUpTo longer files, in bytes, are not read: of them the length alone is compared
 */
export async function checkChecksums(
  folder: string,
  { resources }: DataPackage,
  tables: readonly Table[],
  readUpTo = Number.POSITIVE_INFINITY,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { path: file, bytes, hash } of resources) {
    if (!existsSync(join(folder, file))) {
      problems.push({ file, problem: `is missing, but ${PACKAGE_FILE} lists it` });
      continue;
    }
    const length = (await stat(join(folder, file))).size;
    if (length !== bytes) {
      problems.push({ file, problem: `has ${length} bytes, but ${PACKAGE_FILE} says ${bytes}` });
    } else if (length <= readUpTo && `sha256:${(await checksum(join(folder, file))).sha256}` !== hash) {
      problems.push({ file, problem: `was changed: its SHA-256 is not that in ${PACKAGE_FILE}` });
    }
  }
  for (const { name, file } of tables) {
    const listed = resources.some((resource) => resource.name === name);
    if (existsSync(join(folder, file)) && !listed) {
      problems.push({ file, problem: `is not in ${PACKAGE_FILE}` });
    }
  }
  return problems;
}
