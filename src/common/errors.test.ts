import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closest, unknownName } from './errors.js';

test('the closest name is the one with the fewest edits', () => {
  assert.equal(closest('bseline', ['baseline', 'crash-leader']), 'baseline');
  assert.equal(closest('xyzzy', ['baseline', 'crash-leader']), undefined);
});

test('an unknown name is answered with the ones that exist', () => {
  const error = unknownName('scenario', 'crash-leder', ['baseline', 'crash-leader']);
  assert.equal(
    error.message,
    'unknown scenario: crash-leder (did you mean crash-leader?)\nThere are: baseline, crash-leader',
  );
});
