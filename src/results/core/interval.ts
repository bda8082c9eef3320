import { randomFrom } from '../../common/random.js';
import { tQuantile } from './distributions.js';
import { normals } from './normals.js';

/** An estimate over `trials`, with a 95 % interval where there are enough trials for one. */
export interface Estimate {
  value: number;
  low: number | null;
  high: number | null;
  trials: number;
}

/** What a ratio is of: of runs in the blocks that they share, or of the means of all runs, blocks disregarded. */
export type Method = 'within blocks' | 'unpaired means';

/** An estimate of a ratio. */
export interface Ratio extends Estimate {
  /** Null for the ratio of a configuration to itself. */
  method: Method | null;
}

const DRAWS = 4000;
const SEED = 20220517;

/**
 * Mean over trials with a 95 % interval by Student's t.
 *
 * From two trials it reaches 12.7 standard errors to each side, so that it does not look like certainty; one trial has
 * none. Resampling the trials would do worse: three can only ever draw the same three numbers again, and a percentile
 * interval from them covers the truth three times in four, not 95 in 100. Quantities here cannot be negative, so the
 * interval is cut at 0.
 *
 * The interval holds the truth in 93 to 97 of 100 campaigns where trials scatter about normally, or with a skew as of
 * a lognormal with a spread of 20 %. Where trials are strongly skewed (exponential, say), it holds it in 88 to 92 of
 * 100: then look at the trials themselves.
 */
export function meanEstimate(values: readonly number[]): Estimate {
  const { low, ...rest } = signedMean(values);
  return { ...rest, low: low === null ? null : Math.max(0, low) };
}

/** Geometric mean of positive values over trials, with the interval of `meanEstimate` on their logarithms. */
export function geometricEstimate(values: readonly number[]): Estimate {
  const { value, low, high, trials } = signedMean(values.map(Math.log));
  const back = (one: number | null) => (one === null ? null : Math.exp(one));
  return { value: Math.exp(value), low: back(low), high: back(high), trials };
}

function signedMean(values: readonly number[]): Estimate {
  const n = values.length;
  const { mean, variance } = moments(values);
  if (n < 2) return { value: mean, low: null, high: null, trials: n };
  const reach = tQuantile(0.975, n - 1) * Math.sqrt(variance / n);
  return { value: mean, low: mean - reach, high: mean + reach, trials: n };
}

/**
 * Ratio of two means over independent trials, with a 95 % interval by parametric bootstrap-t: resamples are drawn from
 * normal distributions with the trials' means and variances, and studentised with the delta method's standard error.
 * Needs two trials of each, and not nothing in all of the first, which has no spread; else the ratio alone. `trials` counts
 * the first.
 */
export function ratioEstimate(above: readonly number[], below: readonly number[], level = 0.95): Estimate {
  const value = moments(above).mean / moments(below).mean;
  const trials = above.length;
  const nothing = above.every((one) => one === 0);
  if (above.length < 2 || below.length < 2 || nothing) return { value, low: null, high: null, trials };
  const { error, pivots } = ratioPivots(above, below);
  const [lowT, highT] = spread(pivots, level);
  return { value, low: Math.max(0, value - highT * error), high: value - lowT * error, trials };
}

/** How likely a ratio as far from a bound would be if the true one were the bound: two-sided, by the side it lies on. */
export interface RatioTest {
  /** Small where the ratio is shown to be at most the bound. */
  atMost: number;
  /** Small where it is shown to be at least the bound. */
  atLeast: number;
}

/** The test that belongs to the interval of `ratioEstimate`; undefined with fewer than two trials of either. */
export function ratioTest(
  above: readonly number[],
  below: readonly number[],
  bound: number,
): RatioTest | undefined {
  if (above.length < 2 || below.length < 2) return undefined;
  const { error, pivots } = ratioPivots(above, below);
  const distance = moments(above).mean / moments(below).mean - bound;
  const observed = distance === 0 ? 0 : distance / error;
  const p = (beyond: (pivot: number) => boolean) =>
    Math.min(1, (2 * (1 + pivots.filter(beyond).length)) / (1 + pivots.length));
  return { atMost: p((pivot) => pivot <= observed), atLeast: p((pivot) => pivot >= observed) };
}

function ratioPivots(
  above: readonly number[],
  below: readonly number[],
): { error: number; pivots: number[] } {
  const [a, b] = [moments(above), moments(below)];
  const value = a.mean / b.mean;
  const drawsA = standardDraws(above.length, SEED);
  const drawsB = standardDraws(below.length, SEED + 1);
  const pivots: number[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const [a2, b2] = [scaled(drawsA[i]!, a), scaled(drawsB[i]!, b)];
    const error = ratioError(a2, above.length, b2, below.length);
    if (error > 0) pivots.push((a2.mean / b2.mean - value) / error);
  }
  return { error: ratioError(a, above.length, b, below.length), pivots };
}

const drawsByCount = new Map<string, Moments[]>();

/** Mean and variance of `n` standard normal numbers, drawn again and again; kept, since a seed gives them. */
function standardDraws(n: number, seed: number): Moments[] {
  const key = `${n} ${seed}`;
  const known = drawsByCount.get(key);
  if (known) return known;
  const random = randomFrom(seed);
  const drawn = Array.from({ length: DRAWS }, () => moments(normals(random, n, 0, 1)));
  drawsByCount.set(key, drawn);
  return drawn;
}

/** The moments of a resample, from a standard one's. */
function scaled(draw: Moments, of: Moments): Moments {
  return { mean: of.mean + Math.sqrt(of.variance) * draw.mean, variance: of.variance * draw.variance };
}

function ratioError(a: Moments, n: number, b: Moments, m: number): number {
  const ratio = a.mean / b.mean;
  return Math.sqrt(a.variance / n + (ratio * ratio * b.variance) / m) / Math.abs(b.mean);
}

interface Moments {
  mean: number;
  /** With n − 1 below. */
  variance: number;
}

function moments(values: ArrayLike<number>): Moments {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return { mean, variance: squares / (values.length - 1) };
}

function spread(values: readonly number[], level: number): [number, number] {
  const sorted = Float64Array.from(values).sort();
  const at = (p: number) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0;
  return [at((1 - level) / 2), at((1 + level) / 2)];
}
