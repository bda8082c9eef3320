import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { packagePath, packageRoot } from './common/paths.js';

test('the lists of faults, runtimes, results and figures are those of their folders', async () => {
  const { indexes } = (await import(packagePath('src/generate-indexes.mjs'))) as {
    indexes(root: string): Record<string, string>;
  };
  for (const [path, text] of Object.entries(indexes(packageRoot)))
    assert.equal(readFileSync(packagePath(path), 'utf8'), text, path);
});
