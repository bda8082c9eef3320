import { chiSquareAbove } from './distributions.js';
import type { Ratio } from './interval.js';

/**
 * The chance that ratios of several groups are as far apart as these, or further, if the true one is the same in each: Cochran’s Q
 * (1954) of their logarithms. An interval counts as a normal one, so that one of few trials, which is wider, counts for less.
 * Null where fewer than two have an interval.
 */
export function heterogeneity(ratios: readonly Ratio[]): number | null {
  const known = ratios.flatMap(({ value, low, high }) =>
    low && high && value > 0
      ? [{ log: Math.log(value), weight: ((2 * NORMAL_95) / Math.log(high / low)) ** 2 }]
      : [],
  );
  if (known.length < 2) return null;
  const weights = known.reduce((sum, { weight }) => sum + weight, 0);
  const mean = known.reduce((sum, { log, weight }) => sum + log * weight, 0) / weights;
  const q = known.reduce((sum, { log, weight }) => sum + weight * (log - mean) ** 2, 0);
  return chiSquareAbove(q, known.length - 1);
}

/** How many standard errors a 95 % interval of a normal distribution reaches to each side. */
const NORMAL_95 = 1.959964;
