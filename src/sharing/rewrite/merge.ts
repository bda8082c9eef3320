import { describeRuns } from '../../dataset/datapackage.js';
import { contributorsOf, rewrite } from './rewrite.js';

/** Makes one dataset of the runs of several. Returns how many runs it has. */
export async function merge(folders: readonly string[], out: string): Promise<number> {
  return rewrite(folders, out, {
    choose: (runs) => runs,
    describe: (packages, runs) =>
      describeRuns(runs, { contributors: [...new Set(packages.flatMap(contributorsOf))].sort() }),
  });
}
