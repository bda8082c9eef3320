import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../../common/paths.js';
import { temporaryFolder, writeCapture } from '../../testing/made-up-runs.js';
import { replaceIn } from '../../testing/replace-in.js';

test('the command ends with an error, one line and no stack trace', async (context) => {
  const folder = temporaryFolder(context);
  writeCapture(join(folder, 'in/run'));
  replaceIn(join(folder, 'in/run/results/0-exec-1700000060'), 'n 3', 'n 4');
  const args = ['ingest', join(folder, 'in'), '--out', join(folder, 'data')];
  const { exitCode, stderr } = await execa(process.execPath, [packagePath('dist/src/cli/main.js'), ...args], {
    reject: false,
  });
  assert.equal(exitCode, 1);
  assert.match(stderr, /^error: .*0-exec-1700000060, line 1: the header says n is 4[^\n]*$/);
});
