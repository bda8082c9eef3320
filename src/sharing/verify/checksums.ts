import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataPackage } from '../../dataset/datapackage.js';
import { checksum, PACKAGE_FILE } from '../../dataset/files.js';
import type { Table } from '../../dataset/schema.js';
import type { Problem } from './problem.js';

/** Whether the files are those that the package lists, with the bytes that it says. */
export async function checkChecksums(
  folder: string,
  { resources }: DataPackage,
  tables: readonly Table[],
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { path: file, bytes, hash } of resources) {
    if (!existsSync(join(folder, file))) {
      problems.push({ file, problem: `is missing, but ${PACKAGE_FILE} lists it` });
      continue;
    }
    const found = await checksum(join(folder, file));
    if (found.bytes !== bytes) {
      problems.push({ file, problem: `has ${found.bytes} bytes, but ${PACKAGE_FILE} says ${bytes}` });
    } else if (`sha256:${found.sha256}` !== hash) {
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
