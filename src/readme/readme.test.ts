import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readmeFromData } from './readme.js';

test('the numbers in the README are those of data/reference (mend with: npm run readme)', async () => {
  const { before, after } = await readmeFromData();
  assert.equal(before, after);
});
