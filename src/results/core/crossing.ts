import { randomFrom } from '../../common/random.js';
import { normals } from './normals.js';

/** A point of a curve: the values of its trials, at a severity. */
export interface CurvePoint {
  severity: number;
  values: readonly number[];
}

/**
 * Where a curve first reaches a level on its way from the mildest to the hardest severity; `mildest` where it is there from
 * the start, `beyond` where it is not even at the end.
 */
export type Crossing = number | 'mildest' | 'beyond';

/** With a 95 % interval; null where there are fewer than two trials at a severity. */
export interface CrossingEstimate {
  value: Crossing;
  low: Crossing | null;
  high: Crossing | null;
}

const DRAWS = 4000;
const SEED = 20220518;

/**
 * The severity at which the mean over trials reaches a level, interpolated on a logarithmic scale between the severities that
 * were tried. The interval is that of the crossings of curves drawn from what the trials leave open: each mean is drawn
 * from Student's t around it, with its standard error.
 * @param points from the mildest to the hardest
 */
export function crossingOf(points: readonly CurvePoint[], level: number): CrossingEstimate {
  const severities = points.map(({ severity }) => severity);
  const means = points.map(({ values }) => meanOf(values));
  const value = crossing(severities, means, level);
  if (points.some(({ values }) => values.length < 2)) return { value, low: null, high: null };
  const random = randomFrom(SEED);
  const drawn = Array.from({ length: DRAWS }, () =>
    crossing(
      severities,
      points.map(({ values }, i) => means[i]! + studentT(random, values.length) * errorOf(values)),
      level,
    ),
  );
  const place = (one: Crossing) => placeOf(one, severities);
  const sorted = drawn.sort((a, b) => place(a) - place(b));
  return { value, low: sorted[Math.floor(0.025 * DRAWS)]!, high: sorted[Math.floor(0.975 * DRAWS)]! };
}

function crossing(severities: readonly number[], means: readonly number[], level: number): Crossing {
  const at = means.findIndex((mean) => mean >= level);
  if (at < 0) return 'beyond';
  if (at === 0) return 'mildest';
  const part = (level - means[at - 1]!) / (means[at]! - means[at - 1]!);
  const [from, to] = [Math.log(severities[at - 1]!), Math.log(severities[at]!)];
  return Math.exp(from + part * (to - from));
}

/** A number that grows from mild to hard, whichever way the severity does. */
function placeOf(one: Crossing, severities: readonly number[]): number {
  if (one === 'mildest') return Number.NEGATIVE_INFINITY;
  if (one === 'beyond') return Number.POSITIVE_INFINITY;
  return severities.at(-1)! > severities[0]! ? one : -one;
}

function studentT(random: () => number, n: number): number {
  const drawn = [...normals(random, n, 0, 1)];
  return meanOf(drawn) / errorOf(drawn);
}

function errorOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
