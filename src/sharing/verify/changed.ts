import { resolve } from 'node:path';
import { readDataPackage } from '../../dataset/datapackage.js';
import { ALL_TABLES } from '../../results/core/tables.js';
import { checkChecksums } from './checksums.js';
import { ALL_TABLES_1 } from './format-1.js';

/**
 * To read more takes longer than all the figures do, which need hardly any of it. A table that was written again has another
 * length, and `dataset verify` reads everything.
 */
const READ_UP_TO = 100e6;

/**
 * A warning for whoever reads numbers from a dataset whose files are not those that its description lists: it was changed by
 * hand, or cut. Undefined where they are.
 */
export async function warningOfChanges(folder: string): Promise<string | undefined> {
  const path = resolve(folder);
  const description = await readDataPackage(path);
  const problems = await checkChecksums(
    path,
    description,
    description.format === 1 ? ALL_TABLES_1 : ALL_TABLES,
    READ_UP_TO,
  );
  if (problems.length === 0) return undefined;
  const lines = problems.map(({ file, problem }) => `  ${file} ${problem}`);
  return `warning: ${folder} is not as it was made, so that what is said of it may be wrong:\n${lines.join('\n')}\nTo see where: npm run dataset -- verify ${folder}\n`;
}
