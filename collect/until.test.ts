import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEnough, levelOf, parseReach, untilOf } from './until.js';

test('a campaign goes on until every ratio is as sure as was asked, and no further than it may', () => {
  const until = untilOf(0.1, 1, 12);
  assert.deepEqual(until, { reach: 0.1, first: 3, most: 12 });
  assert.equal(isEnough(until, 2, [0.01]), false, 'too early to look');
  assert.equal(isEnough(until, 3, [0.01, 0.11]), false);
  assert.equal(isEnough(until, 3, [0.01, null]), false);
  assert.equal(isEnough(until, 3, []), false, 'nothing to compare');
  assert.equal(isEnough(until, 3, [0.01, 0.1]), true);
  assert.equal(isEnough(until, 12, [null]), true);
});

test('all looks together may be wrong once in twenty', () => {
  assert.ok(Math.abs(levelOf(untilOf(0.1, 3, 12)) - 0.995) < 1e-9);
  assert.throws(() => untilOf(0.1, 5, 5), /--max-trials: expected more than 5/);
});

test('what is asked for is a share of the baseline, in per cent', () => {
  assert.equal(parseReach('10%'), 0.1);
  for (const text of ['10', '0%', '100%', '-5%', 'ten%']) assert.equal(parseReach(text), undefined);
});
