import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packagePath } from '../common/paths.js';
import { folderFor } from './figures.js';

test('the figures of another dataset do not take the place of those of data/reference', () => {
  assert.equal(folderFor('data/reference/'), 'figures');
  assert.equal(folderFor('data/mine'), 'figures/mine');
  assert.equal(folderFor('/elsewhere/reference'), 'figures/reference');
  assert.equal(folderFor(packagePath('data', 'reference')), 'figures');
});
