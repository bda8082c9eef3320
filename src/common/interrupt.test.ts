import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted, interruptible } from './interrupt.js';

test('a signal lets the work tidy up, then ends the process with the signal’s exit code', async () => {
  let tidied = false;
  const work = interruptible(async (signal) => {
    setImmediate(() => process.kill(process.pid, 'SIGTERM'));
    await sleep(60_000, undefined, { signal }).finally(() => {
      tidied = true;
    });
  });
  await assert.rejects(work, new Interrupted('stopped by SIGTERM'));
  assert.ok(tidied);
  assert.equal(process.exitCode, 143);
  process.exitCode = 0;
});

test('without a signal it gives what the work gives, and listens no longer', async () => {
  const before = process.listenerCount('SIGINT');
  assert.equal(await interruptible(async () => 42), 42);
  await assert.rejects(
    interruptible(async () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(process.listenerCount('SIGINT'), before);
});
