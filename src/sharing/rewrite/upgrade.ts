import { describeRuns } from '../../dataset/datapackage.js';
import { rewrite } from './rewrite.js';

/** Writes a dataset again in the present format, with the results that belong to it. Returns how many runs it has. */
export function upgrade(folder: string, out = folder): Promise<number> {
  return rewrite([folder], out, {
    choose: (runs) => runs,
    describe: ([description], runs) =>
      describeRuns(runs, { title: description!.title, contributors: description!.contributors }),
  });
}
