import { fitDifferences, type Observation, testAgainst } from './block-fit.js';
import { type Ratio, type RatioTest, ratioEstimate, ratioTest } from './interval.js';
import { tQuantile } from './student.js';

export type { Observation } from './block-fit.js';

/** Ratios of configurations, each within the blocks that they share. */
export interface BlockModel {
  /** Of one configuration to another, with a 95 % interval, or one at another level, where there are runs enough for one. */
  ratio(of: string, to: string, level?: number): Ratio;
  /** How likely a ratio as far from a bound would be if the true one were the bound; undefined without an interval. */
  test(of: string, to: string, bound: number): RatioTest | undefined;
}

/**
 * Compares configurations within blocks, since the machine drifts between them:
 *
 *     log(value) = configuration + block + slope × (share of the CPU that others used) + scatter
 *
 * by least squares over all runs given. A ratio is the exponential of the difference of two configurations. Its interval
 * does not take the scatter to be the same for all configurations: its standard error is HC2 (MacKinnon and White 1985), its
 * degrees of freedom are those of Bell and McCaffrey (2002), which are few where a configuration has few runs. Where
 * configurations share too few blocks to tell, or one has a run that measured 0, which has no logarithm, the ratio is that of
 * their means, over unpaired trials.
 */
export function fitBlocks(observations: readonly Observation[]): BlockModel {
  const values = (name: string) =>
    observations.filter(({ configuration }) => configuration === name).map(({ value }) => value);
  const zero = new Set(
    observations.filter(({ value }) => value <= 0).map(({ configuration }) => configuration),
  );
  const fitted = observations.filter(({ configuration }) => !zero.has(configuration));
  const difference = fitDifferences(fitted.map((one) => ({ ...one, value: Math.log(one.value) })));
  return {
    ratio(of, to, level = 0.95) {
      const found = difference(of, to);
      if (!found) return { ...ratioEstimate(values(of), values(to), level), method: 'unpaired means' };
      const reach = found.error * tQuantile((1 + level) / 2, found.freedom);
      const [low, high] = [Math.exp(found.value - reach), Math.exp(found.value + reach)];
      return { value: Math.exp(found.value), low, high, trials: values(of).length, method: 'within blocks' };
    },
    test(of, to, bound) {
      const found = difference(of, to);
      return found ? testAgainst(found, Math.log(bound)) : ratioTest(values(of), values(to), bound);
    },
  };
}
