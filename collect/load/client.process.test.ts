import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execa } from 'execa';
import { CLIENT_FOLDER } from '../image/client-sources.js';

test('the client’s own tests pass (go vet, go test)', async () => {
  const { exitCode, all } = await execa('sh', ['test.sh'], { cwd: CLIENT_FOLDER, reject: false, all: true });
  assert.equal(exitCode, 0, all);
});
