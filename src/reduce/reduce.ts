import { smaller, type Trial } from './smaller.js';

/** Makes one run of a trial, and says whether something is wrong in it. */
export type Runner = (trial: Trial) => Promise<boolean>;

export interface ReduceOptions {
  /** How often a trial is run before it counts as not showing it: what goes wrong need not do so each time. */
  readonly tries: number;
  /** No further run is begun after so many. */
  readonly mostRuns: number;
  /** Told of each trial that was tried. */
  readonly tell?: (what: string, shown: boolean) => void;
}

export interface Reduced {
  /** The smallest trial that showed it; null where not even the first one did. */
  readonly trial: Trial | null;
  readonly runs: number;
  /** Whether nothing smaller was left to be tried; false where the runs were used up. */
  readonly finished: boolean;
}

/** Makes a trial smaller for as long as it still shows that something is wrong: each step is kept where a run shows it. */
export async function reduce(
  first: Trial,
  run: Runner,
  { tries, mostRuns, tell = () => {} }: ReduceOptions,
): Promise<Reduced> {
  let runs = 0;
  const shows = async (trial: Trial, what: string) => {
    for (let i = 0; i < tries && runs < mostRuns; i++) {
      runs += 1;
      const shown = await run(trial);
      tell(what, shown);
      if (shown) return true;
    }
    return false;
  };
  if (!(await shows(first, 'as it was'))) return { trial: null, runs, finished: runs < mostRuns };
  let least = first;
  for (let better = true; better; ) {
    better = false;
    for (const { what, change } of smaller) {
      // for as long as this helps, nothing else is tried
      for (let next = change(least); next; next = change(least)) {
        if (runs >= mostRuns) return { trial: least, runs, finished: false };
        if (!(await shows(next, what))) break;
        least = next;
        better = true;
      }
    }
  }
  return { trial: least, runs, finished: true };
}
