import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdict } from './claims.js';

const at = (low: number | null, high: number | null) => ({
  ours: { value: 0.5, low, high, trials: 3 },
  is: 'at most' as const,
  bound: 1,
});

test('a claim holds where the whole interval of each of its ratios is on the right side', () => {
  assert.equal(verdict([at(0.4, 0.6)]), 'holds');
  assert.equal(verdict([at(0.4, 0.6), at(0.8, 1)]), 'holds');
  assert.equal(verdict([{ ...at(1.2, 1.4), is: 'at least' }]), 'holds');
});

test('it holds in part where that is so for some, and not at all where none is and one is denied', () => {
  assert.equal(verdict([at(0.4, 0.6), at(0.8, 1.3)]), 'holds in part');
  assert.equal(verdict([at(0.4, 0.6), at(1.1, 1.3)]), 'holds in part');
  assert.equal(verdict([at(1.1, 1.3)]), 'does not hold');
  assert.equal(verdict([at(1.1, 1.3), at(0.8, 1.3)]), 'does not hold');
});

test('wide intervals, single trials and missing runs tell nothing', () => {
  assert.equal(verdict([at(0.4, 1.6)]), 'cannot be told');
  assert.equal(verdict([at(null, null)]), 'cannot be told');
  assert.equal(verdict([{ ...at(0, 1), ours: null }]), 'cannot be told');
});
