import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeRuns, PAGE_FILE } from '../../dataset/datapackage.js';
import { rewrite } from './rewrite.js';

/** Writes a dataset again in the present format, with its results, and its page and what was said of it as they were. Returns how many runs it has. */
export function upgrade(folder: string, out = folder): Promise<number> {
  const page = join(folder, PAGE_FILE);
  return rewrite([folder], out, {
    choose: (runs) => runs,
    describe: ([said], runs) => {
      const { title, contributors, version, keywords, id } = said!;
      return { ...describeRuns(runs, { title, contributors }), version, keywords, id };
    },
    besides: async (made) => {
      if (existsSync(page)) await copyFile(page, join(made, PAGE_FILE));
    },
  });
}
