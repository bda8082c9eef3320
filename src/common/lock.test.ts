import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { takeLock } from './lock.js';

const refused = (holder: number) => new Error(`taken by ${holder}`);

test('a lock is had by one, and by the next once it is given back', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'below', 'a.lock');
  const giveBack = takeLock(path, refused);
  assert.throws(() => takeLock(path, refused), new Error(`taken by ${process.pid}`));
  giveBack();
  assert.equal(existsSync(path), false);
  takeLock(path, refused)();
});

test('the lock of a process that is gone is taken over, one that says nothing is not', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.lock');
  const gone = execa('true');
  await gone;
  writeFileSync(path, String(gone.pid));
  takeLock(path, refused)();
  writeFileSync(path, '');
  assert.throws(() => takeLock(path, refused), /taken by 0/);
});
