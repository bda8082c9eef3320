import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { execa } from 'execa';

import { packagePath } from '../common/paths.js';
import { temporaryFolder } from '../testing/made-up-runs.js';
import { folderFor } from './figures.js';

test('the figures of another dataset do not take the place of those of data/reference', () => {
  assert.equal(folderFor('data/reference/'), 'figures');
  assert.equal(folderFor('data/mine'), 'figures/mine');
  assert.equal(folderFor('/elsewhere/reference'), 'figures/reference');
  assert.equal(folderFor(packagePath('data', 'reference')), 'figures');
});

test('a reader of the output who goes before its end gets no error, and every figure is drawn', async (context) => {
  const out = temporaryFolder(context);
  const figures = `"$0" "$1" figures --data "$2" --out "$3" --only baseline,outage,errors`;
  const { stdout, stderr } = await execa('sh', [
    ...['-c', `${figures} | head -n 1`, process.execPath],
    ...[packagePath('dist/src/cli/main.js'), packagePath('data/reference'), out],
  ]);
  assert.match(stdout, /^baseline +svg/);
  assert.equal(stderr, '');
  const drawn = (await readdir(out)).filter((name) => name.endsWith('.svg'));
  assert.deepEqual(drawn.sort(), ['baseline.svg', 'errors.svg', 'outage.svg']);
});
