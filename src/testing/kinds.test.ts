import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batches, kindOf } from './kinds.js';

const files = [
  'dist/src/a.test.js',
  'dist/src/a.cluster.test.js',
  'dist/collect/b.test.js',
  'dist/c.long.test.js',
];
const names = (found: ReturnType<typeof batches>) => found.map(({ kind, files }) => [kind.name, ...files]);

test('the name of a test file tells its kind', () => {
  assert.equal(kindOf('src/a.test.js')?.name, 'unit');
  assert.equal(kindOf('src/start-engine.test.js')?.name, 'unit');
  assert.equal(kindOf('src/cut.cluster.test.js')?.name, 'cluster');
  assert.equal(kindOf('src/html.browser.test.js')?.name, 'browser');
  assert.equal(kindOf('src/kernel.test.js')?.name, 'unit');
  assert.equal(kindOf('src/cluster.js'), undefined);
  assert.equal(kindOf('src/a.test.js.map'), undefined);
});

test('files are run kind by kind, those that need no set-up first', () => {
  assert.deepEqual(names(batches(files, ['cluster', 'unit'], [])), [
    ['unit', 'dist/src/a.test.js', 'dist/collect/b.test.js'],
    ['cluster', 'dist/src/a.cluster.test.js'],
  ]);
});

test('a part of a path selects files, also written as its source', () => {
  assert.deepEqual(names(batches(files, ['unit'], ['collect/'])), [['unit', 'dist/collect/b.test.js']]);
  assert.deepEqual(names(batches(files, ['unit'], ['src/a.test.ts'])), [['unit', 'dist/src/a.test.js']]);
  assert.deepEqual(batches(files, ['unit'], ['elsewhere']), []);
});

test('a name with an unknown suffix is no kind of its own', () => {
  assert.throws(
    () => kindOf('src/a.clutser.test.js'),
    /unknown kind of test: clutser \(did you mean cluster\?\)/,
  );
});
