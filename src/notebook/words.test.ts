import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, span } from './words.js';

test('one thing is one thing', () => {
  assert.deepEqual(
    [counted(0, 'run'), counted(1, 'run'), counted(1234, 'run')],
    ['0 runs', '1 run', '1,234 runs'],
  );
  assert.equal(counted(2, 'query', 'queries'), '2 queries');
});

test('values that read the same are told once', () => {
  assert.equal(span([3, 1, 2], 's'), '1 to 3 s');
  assert.equal(span([3.97], 's'), '3.97 s');
  assert.equal(span([3.9701, 3.9702], 's'), '3.97 s');
});
