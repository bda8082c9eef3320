import assert from 'node:assert/strict';
import { test } from 'node:test';
import { span } from './words.js';

test('values that read the same are told once', () => {
  assert.equal(span([3, 1, 2], 's'), '1 to 3 s');
  assert.equal(span([3.97], 's'), '3.97 s');
  assert.equal(span([3.9701, 3.9702], 's'), '3.97 s');
});
