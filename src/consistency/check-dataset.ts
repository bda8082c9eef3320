import { openDuck } from '../dataset/duck.js';
import type { Model } from '../vocabulary/models.js';
import { type JudgeOptions, judgeRun, type RunVerdict } from './judge.js';
import { aboutRuns, attemptsOf, firstInstant, type RunAbout, runsWithAttempts } from './read-attempts.js';

export interface CheckedRun extends RunVerdict {
  readonly run_id: string;
  /** When the first operation was due, in ns of Unix time: what the witness's times are told from. */
  readonly first_ns: bigint;
  /** Null where the dataset has no table of its runs. */
  readonly about: RunAbout | null;
}

/**
 * The verdicts on a dataset's runs, or on the one that is named, one after the other. What is expected of a run is what the
 * dataset says of it, unless the options do.
 * @throws UserError where there is no such dataset or run, or where it records no attempts
 */
export async function* checkDataset(
  folder: string,
  run?: string,
  { expectedOf, ...options }: JudgeOptions & { expectedOf?: (run_id: string) => Model | null } = {},
): AsyncGenerator<CheckedRun> {
  const duck = await openDuck();
  try {
    const runs = await runsWithAttempts(duck, folder, run);
    const known = await aboutRuns(duck, folder);
    for (const run_id of runs) {
      const about = known.get(run_id) ?? null;
      const expected = expectedOf?.(run_id) ?? about?.consistency_expected;
      const rows = await attemptsOf(duck, folder, run_id);
      const verdict = judgeRun(rows, { ...(expected ? { expected } : {}), ...options });
      yield { run_id, about, first_ns: await firstInstant(duck, folder, run_id), ...verdict };
    }
  } finally {
    duck.close();
  }
}
