import { groupBy } from '../../common/group.js';
import { tBelow } from './distributions.js';
import type { RatioTest } from './interval.js';
import { along, dot, leastSquares, type Solved, type Sparse } from './least-squares.js';

/** What a run measured, and where in its campaign it stood. */
export interface Observation {
  /** What is compared; every run of one has the same name. */
  readonly configuration: string;
  /** Runs of one block were made one after another; see `blocks.ts`. */
  readonly block: string;
  readonly value: number;
  /** The share of the CPU that others used; null where it was not measured. */
  readonly otherCpu: number | null;
}

/** How much each configuration counts in what is asked; the weights add up to 0. */
export type Contrast = ReadonlyMap<string, number>;

/** How far two configurations are apart, or what another contrast of them comes to. */
export interface Difference {
  value: number;
  /** Standard error: HC2 (MacKinnon and White 1985), which does not take the scatter to be the same for all. */
  error: number;
  /** Degrees of freedom: those of Bell and McCaffrey (2002), or Welch's where they are fewer. */
  freedom: number;
}

/** How likely a difference as far from a bound would be if the true one were the bound; two-sided. */
export function testAgainst({ value, error, freedom }: Difference, bound: number): RatioTest {
  const distance = value - bound;
  // values that do not scatter are on their side for sure
  const below = error > 0 ? tBelow(distance / error, freedom) : (1 + Math.sign(distance)) / 2;
  return { atMost: Math.min(1, 2 * below), atLeast: Math.min(1, 2 * (1 - below)) };
}

/**
 * Fits
 *
 *     value = configuration + block + slope × (share of the CPU that others used) + scatter
 *
 * by least squares, and returns what tells a contrast of configurations: undefined where the runs determine neither it nor its
 * scatter. A share below 0 counts as 0: it is of the kernel's ticks, which see less of a machine that is mostly idle than the nodes'
 * control groups do, so that it differs between loads and says nothing of others.
 */
export function fitContrasts(
  observations: readonly Observation[],
): (asked: Contrast) => Difference | undefined {
  const { rows, width, first, configurations } = designOf(observations);
  const values = observations.map(({ value }) => value);
  const solved = observations.length === 0 ? undefined : leastSquares(rows, width, values);
  const sides = observations.map(({ configuration }) => configuration);
  return (asked) => {
    if (!solved || [...asked.keys()].some((name) => !configurations.includes(name))) return undefined;
    const weights = new Float64Array(width);
    for (const [i, name] of configurations.entries()) weights[first + i] = asked.get(name) ?? 0;
    return contrast(solved, weights, sides);
  };
}

/** Of one configuration to another, by what tells contrasts; nothing where they are the same. */
export function differencesBy(
  contrast: ReturnType<typeof fitContrasts>,
): (of: string, to: string) => Difference | undefined {
  return (of, to) =>
    of === to
      ? undefined
      : contrast(
          new Map([
            [of, 1],
            [to, -1],
          ]),
        );
}

interface Design {
  rows: Sparse[];
  width: number;
  /** In the order of their columns. */
  configurations: string[];
  /** The first of those columns. */
  first: number;
}

/**
 * A row a run; a column a block, a configuration, and the share of others where it differs between runs. Blocks come first: there
 * are many, of few runs each, so that nearly all stays 0 while they are eliminated.
 */
function designOf(runs: readonly Observation[]): Design {
  const configurations = [...new Set(runs.map(({ configuration }) => configuration))];
  const blocks = [...new Set(runs.map(({ block }) => block))];
  const places = new Map([...blocks.entries()].map(([i, name]) => [name, i]));
  const columns = new Map([...configurations.entries()].map(([i, name]) => [name, blocks.length + i]));
  const slope = configurations.length + blocks.length;
  const used = runs.map(({ otherCpu }) => (otherCpu === null ? null : Math.max(0, otherCpu)));
  const shares = used.filter((share) => share !== null);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const room = runs.length - slope;
  const disturbed = shares.filter((share) => share > 0).length;
  const covariate = Math.min(room, disturbed) >= ROOM_FOR_SLOPE && new Set(shares).size > 1;
  const rows = runs.map(({ configuration, block }, i) => {
    const indicators = [places.get(block)!, columns.get(configuration)!];
    if (!covariate) return { columns: indicators, values: [1, 1] };
    return { columns: [...indicators, slope], values: [1, 1, (used[i] ?? mean) - mean] };
  });
  return { rows, width: slope + Number(covariate), configurations, first: blocks.length };
}

/** With fewer runs to spare, or in which others used anything, a slope would be made of scatter. */
const ROOM_FOR_SLOPE = 8;

/** Of the coefficients so much each, or undefined where the runs determine neither the sum nor its scatter. */
function contrast(
  { rows, inverse, coefficients, residuals, hat }: Solved,
  asked: Float64Array,
  sides: readonly string[],
): Difference | undefined {
  const direction = Float64Array.from(inverse, (row) => dot(asked, row));
  const weights = rows.map((row) => along(row, direction));
  // what the runs determine is a combination of their rows: it comes back unchanged
  const back = new Float64Array(coefficients.length);
  rows.forEach(({ columns, values }, i) => {
    for (const [k, column] of columns.entries()) back[column]! += weights[i]! * values[k]!;
  });
  const determined = back.every((value, j) => Math.abs(value - asked[j]!) < 1e-6);
  if (!determined) return undefined;
  // a run alone in its block tells nothing but what that block was like: it has no weight, and no residual
  const scales = weights.map((weight, i) => (counts(weight) ? weight ** 2 / (1 - hat[i]![i]!) : 0));
  const error = Math.sqrt(scales.reduce((sum, scale, i) => sum + scale * residuals[i]! ** 2, 0));
  const found = dot(asked, coefficients);
  // what rounding leaves of nothing would put equal rows in an order
  const value = Math.abs(found) < 1e-12 ? 0 : found;
  const alone = weights.some((weight, i) => counts(weight) && 1 - hat[i]![i]! < 1e-9);
  if (alone) return undefined;
  const variances = scales.map((scale, i) => scale * residuals[i]! ** 2);
  return { value, error, freedom: Math.min(freedomOf(scales, hat), unequalFreedom(variances, sides)) };
}

const counts = (weight: number): boolean => Math.abs(weight) > 1e-9;

/** Bell and McCaffrey's: of a chi-square with the mean and variance that the estimated variance has with equal scatter. */
function freedomOf(scales: readonly number[], hat: readonly Float64Array[]): number {
  const counted = [...scales.keys()].filter((i) => scales[i] !== 0);
  let [trace, square] = [0, 0];
  for (const [k, i] of counted.entries()) {
    const row = hat[i]!;
    const rest = scales[i]! * (1 - row[i]!);
    trace += rest;
    square += rest ** 2;
    // each pair once: the matrix is symmetric
    for (let l = 0; l < k; l++) {
      const j = counted[l]!;
      square += 2 * scales[i]! * scales[j]! * row[j]! ** 2;
    }
  }
  return trace ** 2 / square;
}

/**
 * Welch's (1947): where one configuration scatters more than the others, what is known of the scatter is known from its
 * runs, and Bell and McCaffrey's number, for which all scatter alike, is too large.
 */
function unequalFreedom(variances: readonly number[], sides: readonly string[]): number {
  const parts = [
    ...groupBy(
      variances.map((variance, i) => ({ variance, side: sides[i]! })),
      ({ side }) => side,
    ).values(),
  ];
  const sums = parts.map((part) => ({
    sum: part.reduce((sum, { variance }) => sum + variance, 0),
    n: part.length,
  }));
  const total = sums.reduce((all, { sum }) => all + sum, 0);
  const square = sums.reduce((all, { sum, n }) => all + (sum === 0 ? 0 : sum ** 2 / Math.max(n - 1, 1)), 0);
  return square === 0 ? Number.POSITIVE_INFINITY : total ** 2 / square;
}
