import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { temporaryFolder } from '../../../src/testing/made-up-runs.js';
import { filesIn, print } from './printed-files.js';

test('files come back by their paths, without those that cannot be read to their end', async (t) => {
  const folder = temporaryFolder(t);
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  writeFileSync(one, '17\n');
  writeFileSync(two, 'a 1\nb 2\n');
  // a folder may be opened and not be read, as the files of a control group that goes just then
  const { all } = await execa('sh', ['-c', print([one, folder, join(folder, 'none'), two])], { all: true });
  assert.deepEqual(
    [...filesIn(`${all}\n`)],
    [
      [one, '17\n'],
      [two, 'a 1\nb 2\n'],
    ],
  );
});
