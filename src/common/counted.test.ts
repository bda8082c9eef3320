import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from './counted.js';

test('one thing is one thing', () => {
  assert.deepEqual(
    [counted(0, 'run'), counted(1, 'run'), counted(1234, 'run')],
    ['0 runs', '1 run', '1,234 runs'],
  );
  assert.equal(counted(2, 'query', 'queries'), '2 queries');
});
