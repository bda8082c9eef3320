import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdicts } from './claims.js';

const part = (atMost: number, atLeast: number) => ({
  test: { atMost, atLeast },
  is: 'at most' as const,
  untested: null,
});
const shown = part(0.001, 1);
const denied = part(1, 0.001);
const open = part(0.6, 0.9);
const untested = { test: null, is: 'at most' as const, untested: 'no run' };

test('a claim holds where each of its parts is shown, and does not where one is denied', () => {
  assert.deepEqual(verdicts([[shown]]), ['holds']);
  assert.deepEqual(verdicts([[shown, shown]]), ['holds']);
  assert.deepEqual(verdicts([[{ ...denied, is: 'at least' }]]), ['holds']);
  assert.deepEqual(verdicts([[denied]]), ['does not hold']);
  assert.deepEqual(verdicts([[shown, denied]]), ['does not hold']);
});

test('what is neither shown nor denied is undecided, also where a part of it is shown', () => {
  assert.deepEqual(verdicts([[open]]), ['undecided']);
  assert.deepEqual(verdicts([[shown, open]]), ['undecided']);
  assert.deepEqual(verdicts([[{ ...open, test: null }]]), ['undecided'], 'one trial has no test');
});

test('without a test of each part a claim is not tested, but one part can deny it', () => {
  assert.deepEqual(verdicts([[untested]]), ['not tested']);
  assert.deepEqual(verdicts([[shown, untested]]), ['not tested']);
  assert.deepEqual(verdicts([[denied, untested]]), ['does not hold']);
});

test('the more claims, the surer each has to be', () => {
  const fair = part(0.03, 1);
  assert.deepEqual(verdicts([[fair]]), ['holds']);
  assert.deepEqual(verdicts([[fair], [fair]]), ['undecided', 'undecided']);
  assert.deepEqual(
    verdicts([[shown], [fair]]),
    ['holds', 'holds'],
    'Holm: the surest first, the rest by what is left',
  );
});
