import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../../common/random.js';
import { heterogeneity } from './heterogeneity.js';
import { normals } from './normals.js';

const ratio = (value: number, times: number) => ({
  ...{ value, low: value / times, high: value * times, trials: 10 },
  method: 'within blocks' as const,
});

test('ratios of two groups that differ by 2.8 standard errors of one are apart by chance in 5 of 100', () => {
  const error = 0.05;
  const interval = Math.exp(1.96 * error);
  const apart = Math.exp(1.96 * Math.SQRT2 * error);
  assert.ok(Math.abs(heterogeneity([ratio(1, interval), ratio(apart, interval)])! - 0.05) < 0.001);
});

test('the same ratio in each group is no difference, and a wide interval tells little', () => {
  assert.equal(heterogeneity([ratio(0.9, 1.1), ratio(0.9, 1.2), ratio(0.9, 1.01)]), 1);
  assert.ok(heterogeneity([ratio(0.9, 1.02), ratio(1, 1.02)])! < 0.001);
  assert.ok(heterogeneity([ratio(0.9, 1.02), ratio(1, 1.5)])! > 0.5);
});

test('a single interval can disagree with nothing', () => {
  const bare = { value: 2, low: null, high: null, trials: 1, method: 'unpaired means' as const };
  assert.equal(heterogeneity([ratio(1, 1.1)]), null);
  assert.equal(heterogeneity([ratio(1, 1.1), bare]), null);
});

test('of groups with one true ratio, about 5 in 100 differ with a chance of less than 5 %', () => {
  const random = randomFrom(5);
  const errors = [0.02, 0.05, 0.1];
  const differ = Array.from({ length: 2000 }, () => {
    const drawn = normals(random, errors.length, 0, 1);
    return heterogeneity(
      errors.map((error, i) => ratio(Math.exp(drawn[i]! * error), Math.exp(1.96 * error))),
    )!;
  }).filter((chance) => chance < 0.05).length;
  assert.ok(differ > 70 && differ < 130, `${differ} of 2,000`);
});
