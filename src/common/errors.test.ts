import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closest, unknownName } from './errors.js';

test('the closest name is the one with the fewest edits', () => {
  assert.equal(closest('bseline', ['baseline', 'crash-leader']), 'baseline');
  assert.equal(closest('xyzzy', ['baseline', 'crash-leader']), undefined);
});

test('of very many names, the nearest are told', () => {
  const runs = Array.from({ length: 249 }, (_, i) => `crash-leader-w07-t${i + 1}`);
  const { message } = unknownName('run', 'crash-leder-w07-t9', runs);
  assert.match(message, /did you mean crash-leader-w07-t9\?\)\nThe nearest of 249: crash-leader-w07-t9, /);
  assert.equal(message.split(',').length, 5);
});

test('an unknown name is answered with the ones that exist', () => {
  const error = unknownName('scenario', 'crash-leder', ['baseline', 'crash-leader']);
  assert.equal(
    error.message,
    'unknown scenario: crash-leder (did you mean crash-leader?)\nThere are: baseline, crash-leader',
  );
});
