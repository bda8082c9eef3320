import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherFraction } from './host-cpu.js';

test('what the experiment does not explain of the host’s CPU time was used by others', () => {
  const before = { usedNs: 100, totalNs: 1000 };
  const after = { usedNs: 500, totalNs: 2000 };
  assert.equal(otherFraction(before, after, 300), 0.1);
  assert.equal(otherFraction(before, after, 450), -0.05, 'clocks of different grain may explain too much');
});
