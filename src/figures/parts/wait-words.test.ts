import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitsOf } from '../../results/core/waits.js';
import { spanWords, waitWords } from './wait-words.js';

const over = (...times: number[]) => times.map((time) => ({ time, censored: false }));
const lifted = (...times: number[]) => times.map((time) => ({ time, censored: true }));

test('waits of several humps are told hump by hump, and those that the lift ended apart from the others', () => {
  const words = waitWords(waitsOf([...over(5.2, 5.24, 5.21, 10.6, 10.9), ...lifted(12, 12)]));
  assert.equal(words, '5.2 s (3 of 7 trials), 10.6 to 10.9 s (2), ≥ 12.0 s (2)');
  assert.equal(waitWords(waitsOf(lifted(10.5, 10.5))), '≥ 10.5 s');
  assert.equal(waitWords(waitsOf(over(5.2, 5.6)), ''), '5.2 to 5.6');
});

test('the span of waits leaves out what somebody ended, and says so', () => {
  assert.equal(spanWords(waitsOf(over(5.2, 15.6))), '5.2 to 15.6 s');
  assert.match(spanWords(waitsOf([...over(5.2), ...lifted(9)])), /^5\.2 s \(in 1 of 2 trials, longer/);
  assert.equal(spanWords(waitsOf(lifted(9))), '≥ 9.0 s');
});
