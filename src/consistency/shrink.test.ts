import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shrink } from './shrink.js';

test('what is left cannot do without any one of its items', () => {
  const items = Array.from({ length: 300 }, (_, i) => i);
  const needed = [3, 150, 151, 299];
  const left = shrink(items, (fewer) => needed.every((item) => fewer.includes(item)));
  assert.deepEqual(left, needed);
});

test('where any of several will do, one is left', () => {
  const left = shrink([1, 2, 3, 4, 5], (fewer) => fewer.some((item) => item % 2 === 0));
  assert.equal(left.length, 1);
});
