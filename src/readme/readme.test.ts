import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagesFromData } from './readme.js';

test('the numbers in the README, the page of data/reference and the questions are those of the data (mend with: npm run readme)', async () => {
  for (const { path, before, after } of await pagesFromData()) assert.equal(before, after, path);
});
