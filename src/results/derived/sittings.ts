import { groupBy } from '../../common/group.js';
import { type Configuration, type Measure, valuesOf } from './configurations.js';

/**
 * The values of a measure, one a trial, as if all had been measured in one sitting, that which has most of `drawn`: those of
 * another are multiplied so that the means of the baseline's trials agree. Where one of the two has no baseline, they stay as
 * they are.
 */
export function scaledValues(
  one: Configuration,
  base: Configuration,
  measure: Measure,
  drawn: readonly Configuration[],
): number[] {
  const sittings = groupBy(base.trials, ({ sitting }) => sitting);
  const level = (sitting: string) => {
    const values = valuesOf({ ...base, trials: sittings.get(sitting) ?? [] }, measure);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const main = level(mainSitting(drawn));
  return one.trials.flatMap((trial) => {
    const value = trial[measure];
    const there = level(trial.sitting);
    if (value === null) return [];
    return main === null || there === null ? value : (value * main) / there;
  });
}

/** How many trials of these are of another sitting than most of them, and so scaled. */
export function scaledCount(drawn: readonly Configuration[]): number {
  const main = mainSitting(drawn);
  return drawn.flatMap(({ trials }) => trials).filter(({ sitting }) => sitting !== main).length;
}

/** Trials of one question, and the sitting of each. */
interface Sat {
  readonly campaign: string;
  readonly trials: readonly { readonly sitting: string }[];
}

/**
 * The configurations with the trials alone of the sitting that has most of them, in each campaign: what is drawn side by side was
 * measured under the same conditions. One without trials there keeps those that it has.
 */
export function inOneSitting<T extends Sat>(all: readonly T[]): T[] {
  const campaigns = groupBy(all, ({ campaign }) => campaign);
  const main = new Map([...campaigns].map(([campaign, same]) => [campaign, mainSitting(same)]));
  return all.map((one) => {
    const trials = one.trials.filter(({ sitting }) => sitting === main.get(one.campaign));
    return trials.length === 0 ? one : { ...one, trials };
  });
}

/** That which has most of the configurations; of several, that with most trials. */
function mainSitting(all: readonly Pick<Sat, 'trials'>[]): string {
  const places = all.flatMap(({ trials }) => [...groupBy(trials, ({ sitting }) => sitting)]);
  const sittings = [...groupBy(places, ([sitting]) => sitting)].map(([sitting, found]) => ({
    sitting,
    configurations: found.length,
    trials: found.reduce((sum, [, trials]) => sum + trials.length, 0),
  }));
  return (
    sittings.sort((a, b) => b.configurations - a.configurations || b.trials - a.trials)[0]?.sitting ?? ''
  );
}
