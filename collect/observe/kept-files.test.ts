import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { KeptFiles } from './kept-files.js';

test('a kept file says what it says now, and nothing where it is not there', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'usage');
  const files = new KeptFiles();
  t.after(() => files.close());
  assert.equal(files.read(path), undefined);
  writeFileSync(path, '1\n');
  assert.equal(files.read(path), '1\n');
  writeFileSync(path, '22\n');
  assert.equal(files.read(path), '22\n');
});

test('the files of a process that has ended are gone, and none stays open', async () => {
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  const files = new KeptFiles();
  const child = execa('sleep', ['60'], { reject: false });
  const path = `/proc/${child.pid}/stat`;
  assert.match(files.read(path) ?? '', /sleep/);
  child.kill('SIGKILL');
  await child;
  assert.equal(files.read(path), undefined);
  files.close();
  assert.equal(open(), before);
});
