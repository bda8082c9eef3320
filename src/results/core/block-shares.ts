import { type Difference, differencesBy, fitContrasts, type Observation, testAgainst } from './block-fit.js';
import { tQuantile } from './distributions.js';
import type { Estimate, RatioTest } from './interval.js';

/** How many of a run's operations came to something. */
export interface Share extends Omit<Observation, 'value'> {
  readonly count: number;
  readonly of: number;
}

/** Differences of shares between configurations, each within the blocks that they share; 0.01 is a percentage point. */
export interface ShareModel {
  /** Of one configuration less another, with a 95 % interval where there are runs enough for one. */
  difference(of: string, to: string): Estimate;
  /** How likely a difference as far from a bound would be if the true one were the bound; undefined without an interval. */
  test(of: string, to: string, bound: number): RatioTest | undefined;
}

/**
 * Compares shares of operations within blocks:
 *
 *     share = configuration + block + slope × (share of the CPU that others used) + scatter
 *
 * as `fitBlocks` does logarithms, and in its words. Where configurations share too few blocks to tell, runs count as
 * unpaired. Runs in which all operations came to the same do not scatter at all, which is no certainty: an interval is at
 * least as wide as the one that chance alone gives so many operations, with one success and one failure added to each side
 * (Agresti and Caffo 2000).
 */
export function fitShares(shares: readonly Share[]): ShareModel {
  const observations = shares
    .filter(({ of }) => of > 0)
    .map((one) => ({ ...one, value: one.count / one.of }));
  const paired = differencesBy(fitContrasts(observations));
  const unpaired = differencesBy(
    fitContrasts(observations.map((one) => ({ ...one, block: '', otherCpu: null }))),
  );
  const sides = (name: string) => observations.filter(({ configuration }) => configuration === name);
  const ways = (of: string, to: string): Difference[] => {
    const one = paired(of, to) ?? unpaired(of, to);
    if (!one) return [];
    return [one, { value: one.value, error: chance(sides(of), sides(to)), freedom: MANY }];
  };
  return {
    difference(of, to) {
      const trials = sides(of).length;
      const [first, ...more] = ways(of, to);
      if (!first) return { value: mean(sides(of)) - mean(sides(to)), low: null, high: null, trials };
      const reach = Math.max(
        ...[first, ...more].map(({ error, freedom }) => error * tQuantile(0.975, freedom)),
      );
      // shares that scatter with their blocks may be told to differ by more than all
      const [low, value, high] = [first.value - reach, first.value, first.value + reach].map((one) =>
        Math.min(1, Math.max(-1, one)),
      ) as [number, number, number];
      return { value, low, high, trials };
    },
    test(of, to, bound) {
      const found = ways(of, to);
      if (found.length === 0) return undefined;
      const tests = found.map((one) => testAgainst(one, bound));
      return {
        atMost: Math.max(...tests.map(({ atMost }) => atMost)),
        atLeast: Math.max(...tests.map(({ atLeast }) => atLeast)),
      };
    },
  };
}

/** Degrees of freedom of what is known from so many operations. */
const MANY = 1e6;

/** Standard error of a difference of two shares by chance alone. */
function chance(above: readonly Share[], below: readonly Share[]): number {
  const variance = (side: readonly Share[]) => {
    const of = 2 + side.reduce((sum, one) => sum + one.of, 0);
    const share = (1 + side.reduce((sum, { count }) => sum + count, 0)) / of;
    return (share * (1 - share)) / of;
  };
  return Math.sqrt(variance(above) + variance(below));
}

function mean(side: readonly { value: number }[]): number {
  return side.reduce((sum, { value }) => sum + value, 0) / side.length;
}
