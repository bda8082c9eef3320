import { openDuck } from '../dataset/duck.js';
import { type JudgeOptions, judgeRun, type RunVerdict } from './judge.js';
import { EdgeBuilder } from './lists/edges.js';
import { attemptsOf, runsWithAttempts } from './read-attempts.js';

export interface CheckedRun extends RunVerdict {
  readonly run_id: string;
}

/**
 * The verdicts on a dataset's runs, or on the one that is named, one after the other.
 * @throws UserError where there is no such dataset or run, or where it records no attempts
 */
export async function* checkDataset(
  folder: string,
  run?: string,
  options: JudgeOptions = {},
): AsyncGenerator<CheckedRun> {
  const duck = await openDuck();
  try {
    const runs = await runsWithAttempts(duck, folder, run);
    const edges = await EdgeBuilder.open();
    try {
      for (const run_id of runs) {
        const rows = await attemptsOf(duck, folder, run_id);
        yield { run_id, ...(await judgeRun(rows, { edges, ...options })) };
      }
    } finally {
      edges.close();
    }
  } finally {
    duck.close();
  }
}
