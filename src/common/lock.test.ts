import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
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

test('the lock of a process that is gone is taken over, and one without a number', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.lock');
  const gone = execa('true');
  await gone;
  writeFileSync(path, String(gone.pid));
  takeLock(path, refused)();
  writeFileSync(path, '');
  const giveBack = takeLock(path, refused);
  assert.deepEqual(readdirSync(folder), ['a.lock']);
  giveBack();
});

test('a lock is never seen without the number of its process', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.lock');
  const taking = execa(process.execPath, ['--input-type=module', '--eval', TAKE_AGAIN_AND_AGAIN, path]);
  let ended = false;
  taking.finally(() => {
    ended = true;
  });
  const seen = new Set<string>();
  while (!ended) {
    for (let i = 0; i < 1000; i++) if (existsSync(path)) seen.add(read(path) ?? String(taking.pid));
    await setImmediate();
  }
  await taking;
  assert.deepEqual(seen, new Set([String(taking.pid)]));
});

const TAKE_AGAIN_AND_AGAIN = `
const { takeLock } = await import(${JSON.stringify(new URL('./lock.js', import.meta.url).href)});
for (let i = 0; i < 2000; i++) takeLock(process.argv[1], () => new Error('taken'))();`;

/** Undefined where the file was removed in between. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
