import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../../common/random.js';
import { type Estimate, meanEstimate, ratioEstimate, ratioTest } from './interval.js';
import { normals } from './normals.js';

/** 97.5 % quantiles of Student's t by degrees of freedom, from a printed table. */
const STUDENT: Record<number, number> = { 1: 12.706, 2: 4.303, 4: 2.776, 9: 2.262 };

test('the interval of a mean is as wide as Student’s t makes it', () => {
  for (const [freedom, quantile] of Object.entries(STUDENT)) {
    const n = Number(freedom) + 1;
    const values = Array.from({ length: n }, (_, i) => 1000 + i);
    const deviation = Math.sqrt((n * (n + 1)) / 12);
    const { value, low, high } = meanEstimate(values);
    const half = (quantile * deviation) / Math.sqrt(n);
    assert.equal(value, 1000 + (n - 1) / 2);
    assert.ok(Math.abs((high! - low!) / 2 / half - 1) < 5e-4, `n = ${n}: ${(high! - low!) / 2}, not ${half}`);
  }
});

test('one trial has no interval, and a quantity that cannot be negative none below 0', () => {
  assert.deepEqual(meanEstimate([5]), { value: 5, low: null, high: null, trials: 1 });
  assert.equal(ratioEstimate([1], [1, 2]).low, null);
  assert.equal(meanEstimate([0, 0, 9]).low, 0);
});

test('the same trials give the same interval', () => {
  assert.deepEqual(ratioEstimate([3, 4, 5], [8, 9, 10]), ratioEstimate([3, 4, 5], [8, 9, 10]));
});

test('a test against a bound is at 5 % where the 95 % interval ends', () => {
  const [above, below] = [
    [3, 4, 5],
    [8, 9, 10],
  ];
  const { value, low, high } = ratioEstimate(above, below);
  const p = (bound: number) => ratioTest(above, below, bound)!;
  assert.ok(Math.abs(p(low!).atLeast - 0.05) < 0.001);
  assert.ok(Math.abs(p(high!).atMost - 0.05) < 0.001);
  assert.ok(p(low! - 0.05).atLeast < 0.05 && p(low! + 0.05).atLeast > 0.05);
  assert.equal(p(value).atLeast > 0.5 && p(value).atMost > 0.5, true);
  assert.equal(ratioTest([1], [1, 2], 1), undefined);
});

/** The share of simulated campaigns whose interval holds the truth, in per cent. */
function coverage(rounds: number, truth: number, campaign: () => Estimate): number {
  let held = 0;
  for (let i = 0; i < rounds; i++) {
    const { low, high } = campaign();
    if (low! <= truth && truth <= high!) held++;
  }
  return (100 * held) / rounds;
}

function assertCovers(percent: number, what: string): void {
  assert.ok(percent >= 93 && percent <= 97, `${what}: covers ${percent.toFixed(1)} %, not 93 to 97 %`);
}

const random = randomFrom(1);
const normal = (n: number, mean: number, spread: number) => [...normals(random, n, mean, mean * spread)];
const lognormal = (n: number, spread: number) =>
  [...normals(random, n, -(spread ** 2) / 2, spread)].map((value) => Math.exp(value));
const exponential = (n: number) => Array.from({ length: n }, () => -Math.log(random()));

test('where nothing was measured in any trial, the ratio is 0 and has no interval', () => {
  assert.deepEqual(ratioEstimate([0, 0, 0], [2, 3]), { value: 0, low: null, high: null, trials: 3 });
});

test('95 % intervals of means hold the truth in 93 to 97 of 100 campaigns', () => {
  for (const n of [2, 3, 5, 10]) {
    for (const spread of [0.02, 0.2]) {
      const found = coverage(6000, 1, () => meanEstimate(normal(n, 1, spread)));
      assertCovers(found, `mean of ${n} trials that spread by ${spread}`);
    }
    assertCovers(
      coverage(6000, 1, () => meanEstimate(lognormal(n, 0.2))),
      `mean of ${n} skewed trials`,
    );
  }
});

test('95 % intervals of ratios hold the truth in 93 to 97 of 100 campaigns', () => {
  for (const n of [3, 5, 10]) {
    for (const [above, below] of [
      [0.03, 0.03],
      [0.1, 0.02],
    ] as const) {
      const found = coverage(1500, 0.4, () => ratioEstimate(normal(n, 0.4, above), normal(n, 1, below)));
      assertCovers(found, `ratio of ${n} trials that spread by ${above} to ${n} that spread by ${below}`);
    }
  }
});

test('of strongly skewed trials, intervals of means hold the truth in 87 to 93 of 100 campaigns, as is said', () => {
  for (const n of [3, 5, 10]) {
    const found = coverage(6000, 1, () => meanEstimate(exponential(n)));
    assert.ok(found >= 87 && found <= 93, `mean of ${n} exponential trials: ${found.toFixed(1)} %`);
  }
});
