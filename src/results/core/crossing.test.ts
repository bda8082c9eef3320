import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../../common/random.js';
import { type CurvePoint, crossingOf } from './crossing.js';
import { normals } from './normals.js';

const exactly = (...points: [severity: number, lost: number][]): CurvePoint[] =>
  points.map(([severity, lost]) => ({ severity, values: [lost, lost, lost] }));

test('a level is reached where the line between two severities meets it, on a logarithmic scale', () => {
  const { value, low, high } = crossingOf(exactly([1, 0], [10, 0.2], [1000, 1]), 0.6);
  for (const one of [value, low, high]) assert.ok(Math.abs(Number(one) - 100) < 1e-9, String(one));
  const less = crossingOf(exactly([0.5, 0], [0.05, 0.2]), 0.1);
  assert.ok(Math.abs(Number(less.value) - Math.sqrt(0.5 * 0.05)) < 1e-9);
});

test('it is the first severity on the way that counts, where harder is not worse', () => {
  assert.equal(crossingOf(exactly([1, 0], [2, 0.5], [4, 0.1], [8, 0.9]), 0.5).value, 2);
});

test('a level that all or no severities reach lies outside of what was tried', () => {
  assert.deepEqual(crossingOf(exactly([1, 0.3], [2, 0.4]), 0.1).value, 'mildest');
  assert.deepEqual(crossingOf(exactly([1, 0], [2, 0.05]), 0.1), {
    ...{ value: 'beyond', low: 'beyond', high: 'beyond' },
  });
  const one = crossingOf(
    [
      { severity: 1, values: [0] },
      { severity: 2, values: [1] },
    ],
    0.5,
  );
  assert.deepEqual([one.low, one.high], [null, null], 'one trial has no interval');
});

test('the interval holds the true severity in about 95 of 100 campaigns', () => {
  const random = randomFrom(7);
  const truth = (severity: number) => 0.4 * Math.log10(severity); // reaches 0.5 at 10^1.25
  const held = Array.from({ length: 60 }, () => {
    const points = [1, 3, 10, 30, 100, 300].map((severity) => ({
      severity,
      values: [...normals(random, 5, truth(severity), 0.08)],
    }));
    const { low, high } = crossingOf(points, 0.5);
    return Number(low) <= 10 ** 1.25 && Number(high) >= 10 ** 1.25;
  }).filter(Boolean).length;
  assert.ok(held >= 53, `${held} of 60`);
});

test('a range of severities in which less is worse has its interval the same way round', () => {
  const points = [0.5, 0.1, 0.02].map((severity, i) => ({
    severity,
    values: [0.4 * i, 0.4 * i + 0.05, 0.4 * i - 0.05],
  }));
  const { value, low, high } = crossingOf(points, 0.5);
  assert.ok(Number(low) > Number(value) && Number(value) > Number(high), 'low is the milder end');
});
