import {
  type Contrast,
  type Difference,
  differencesBy,
  fitContrasts,
  type Observation,
  testAgainst,
} from './block-fit.js';
import { tQuantile } from './distributions.js';
import { type Ratio, type RatioTest, ratioEstimate, ratioTest } from './interval.js';

export type { Observation } from './block-fit.js';

/** Ratios of configurations, each within the blocks that they share. */
export interface BlockModel {
  /** Of one configuration to another, with a 95 % interval, or one at another level, where there are runs enough for one. */
  ratio(of: string, to: string, level?: number): Ratio;
  /** How likely a ratio as far from a bound would be if the true one were the bound; undefined without an interval. */
  test(of: string, to: string, bound: number): RatioTest | undefined;
  /**
   * What one more of a dose multiplies a value by, on the whole, of configurations with a dose each: the slope of the logarithms
   * over the doses. Undefined where they share too few blocks to tell.
   */
  trend(doses: ReadonlyMap<string, number>): Ratio | undefined;
  /** As `test`, of a trend. */
  testTrend(doses: ReadonlyMap<string, number>, bound: number): RatioTest | undefined;
}

/**
 * Compares configurations within blocks, since the machine drifts between them:
 *
 *     log(value) = configuration + block + slope × (share of the CPU that others used) + scatter
 *
 * by least squares over all runs given. A ratio is the exponential of the difference of two configurations. Its interval
 * does not take the scatter to be the same for all configurations: its standard error is HC2 (MacKinnon and White 1985), its
 * degrees of freedom are those of Bell and McCaffrey (2002), or Welch’s (1947) where they are fewer: few where a configuration has
 * few runs. Where configurations share too few blocks to tell, or one has a run that measured 0, which has no logarithm, the
 * ratio is that of their means, over unpaired trials.
 */
export function fitBlocks(observations: readonly Observation[]): BlockModel {
  const values = (name: string) =>
    observations.filter(({ configuration }) => configuration === name).map(({ value }) => value);
  const zero = new Set(
    observations.filter(({ value }) => value <= 0).map(({ configuration }) => configuration),
  );
  const fitted = observations.filter(({ configuration }) => !zero.has(configuration));
  const contrast = fitContrasts(fitted.map((one) => ({ ...one, value: Math.log(one.value) })));
  const difference = differencesBy(contrast);
  const within = ({ value, error, freedom }: Difference, trials: number, level: number): Ratio => {
    const reach = error * tQuantile((1 + level) / 2, freedom);
    const [low, high] = [Math.exp(value - reach), Math.exp(value + reach)];
    return { value: Math.exp(value), low, high, trials, method: 'within blocks' };
  };
  return {
    ratio(of, to, level = 0.95) {
      const found = difference(of, to);
      if (!found) return { ...ratioEstimate(values(of), values(to), level), method: 'unpaired means' };
      return within(found, values(of).length, level);
    },
    trend(doses) {
      const found = contrast(slopeOver(doses));
      return found && within(found, Math.min(...[...doses.keys()].map((name) => values(name).length)), 0.95);
    },
    testTrend(doses, bound) {
      const found = contrast(slopeOver(doses));
      return found && testAgainst(found, Math.log(bound));
    },
    test(of, to, bound) {
      const found = difference(of, to);
      return found ? testAgainst(found, Math.log(bound)) : ratioTest(values(of), values(to), bound);
    },
  };
}

/** The slope of a straight line through means, by least squares, as a contrast of them. */
export function slopeOver(doses: ReadonlyMap<string, number>): Contrast {
  const all = [...doses.values()];
  const mean = all.reduce((sum, dose) => sum + dose, 0) / all.length;
  const square = all.reduce((sum, dose) => sum + (dose - mean) ** 2, 0);
  return new Map([...doses].map(([name, dose]) => [name, (dose - mean) / square]));
}
