import { openDuck } from '../dataset/duck.js';
import { type JudgeOptions, judgeRun, type RunVerdict } from './judge.js';
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
    for (const run_id of runs) {
      yield { run_id, ...judgeRun(await attemptsOf(duck, folder, run_id), options) };
    }
  } finally {
    duck.close();
  }
}
