import { unknownName } from '../../common/errors.js';
import { describeRuns } from '../../dataset/datapackage.js';
import type { Row } from '../../dataset/schema.js';
import { rewrite } from './rewrite.js';

/** Which runs a subset has: those that fit all that is given. */
export interface Choice {
  runs?: readonly string[];
  scenarios?: readonly string[];
  status?: readonly string[];
  /** The operations of no later trials than this one are taken over. Default: of all. */
  operationsOfTrials?: number | undefined;
  /** Only the operations of these runs are taken over. Default: of all. */
  operationsOfRuns?: readonly string[] | undefined;
}

/** Makes a smaller dataset of some of a dataset's runs, some without their operations. Returns how many it has. */
export async function subset(
  folder: string,
  out: string,
  { runs, scenarios, status, operationsOfTrials = Number.POSITIVE_INFINITY, operationsOfRuns }: Choice,
): Promise<number> {
  let keeps = (_run: Row<'runs'>) => true;
  return rewrite([folder], out, {
    choose: (all) => {
      const tests = [
        among('run_id', runs, all),
        among('scenario', scenarios, all),
        among('status', status, all),
      ];
      keeps = among('run_id', operationsOfRuns, all);
      return all.filter((run) => tests.every((test) => test(run)));
    },
    describe: ([description], chosen) =>
      describeRuns(chosen, { title: description!.title, contributors: description!.contributors }),
    withOperations: (run) => run.trial <= operationsOfTrials && keeps(run),
  });
}

/** A test whether a run is among those wanted, where any are. Throws where a wanted one is not there at all. */
function among(
  column: 'run_id' | 'scenario' | 'status',
  wanted: readonly string[] | undefined,
  all: readonly Row<'runs'>[],
): (run: Row<'runs'>) => boolean {
  const known: string[] = [...new Set(all.map((run) => run[column]))];
  for (const one of wanted ?? []) {
    if (!known.includes(one)) throw unknownName(column === 'run_id' ? 'run' : column, one, known);
  }
  return (run) => wanted === undefined || wanted.includes(run[column]);
}
