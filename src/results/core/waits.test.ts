import assert from 'node:assert/strict';
import { test } from 'node:test';
import { humpsOf, shareWithin, waitsOf, waitUntil } from './waits.js';

test('what ended with the lift, a moment before its record, or after it, is censored at the lift', () => {
  assert.deepEqual(waitUntil(5.2, 10.5), { time: 5.2, censored: false });
  assert.deepEqual(waitUntil(10.49, 10.5), { time: 10.5, censored: true });
  assert.deepEqual(waitUntil(13.2, 10.5), { time: 10.5, censored: true });
  assert.deepEqual(waitUntil(null, 10.5), { time: 10.5, censored: true });
  assert.deepEqual(waitUntil(15.6, null), { time: 15.6, censored: false });
});

test('waits in several humps are told as such, and what is censored is in none', () => {
  const found = waitsOf([
    ...[5.2, 5.3, 10.6, 10.7, 10.8].map((time) => ({ time, censored: false })),
    { time: 12, censored: true },
  ]);
  assert.deepEqual(found.humps, [
    { least: 5.2, most: 5.3, trials: 2 },
    { least: 10.6, most: 10.8, trials: 3 },
  ]);
  assert.equal(humpsOf([1, 2, 4, 6, 9], (time) => time).length, 2);
});

test('the share that is over within a time counts what is known, and is not told beyond what was watched', () => {
  const paused = waitsOf([
    { time: 4, censored: true },
    { time: 4, censored: true },
  ]);
  assert.deepEqual(shareWithin(paused, 1), { share: 0, known: 2 });
  assert.equal(shareWithin(paused, 5), null);
  const crashed = waitsOf([1, 2, 3, 9].map((time) => ({ time, censored: false })));
  assert.deepEqual(shareWithin(crashed, 5), { share: 0.75, known: 4 });
  assert.deepEqual(shareWithin(crashed, 15), { share: 1, known: 4 });
  const mixed = waitsOf([
    { time: 2, censored: false },
    { time: 3, censored: true },
    { time: 4, censored: false },
    { time: 9, censored: false },
  ]);
  // one of four, then one of the two that are left
  assert.deepEqual(shareWithin(mixed, 5), { share: 0.625, known: 3 });
});
