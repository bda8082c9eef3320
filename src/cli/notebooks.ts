import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../common/errors.js';
import { PACKAGE_FILE } from '../dataset/files.js';
import { defaultDataset } from '../notebook/data.js';
import { chooseNotebooks, runNotebook } from '../notebook/run.js';

export interface NotebooksOptions {
  data?: string;
  write?: boolean;
  check?: boolean;
}

/** The dataset that notebooks are to use, as an absolute path; undefined where none is named, and each has its own default. */
export function datasetFor(data: string | undefined): string | undefined {
  if (!data && !process.env['DATASET']) return undefined;
  const folder = data ? resolve(data) : defaultDataset();
  if (existsSync(join(folder, PACKAGE_FILE))) return folder;
  const near = relative('.', folder) || '.';
  throw new UserError(
    `no dataset in ${near.startsWith('..') ? folder : near}: name one with --data DIR; "npm run reproduce" makes data/quick`,
  );
}

/** `npm run notebooks`: one after the other, all of them even where one fails. */
export async function runNotebooks(names: readonly string[], options: NotebooksOptions): Promise<void> {
  const dataset = datasetFor(options.data);
  const failures: string[] = [];
  for (const path of chooseNotebooks(names)) {
    const run = await runNotebook(path, { ...options, dataset });
    const problem = run.failure ?? run.difference;
    process.stdout.write(
      `${run.name.padEnd(26)} ${problem ? 'FAILED' : 'ok'}  ${run.seconds.toFixed(1)} s\n`,
    );
    if (problem) failures.push(`notebooks/${run.name}, ${problem}`);
  }
  if (failures.length > 0) throw new UserError(failures.join('\n\n'));
}
