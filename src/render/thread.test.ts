import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execa } from 'execa';
import { startThreads, takeThreads } from './threads.js';

const SQUARE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';

test('a thread answers what it is asked after a question that it cannot answer', async () => {
  const { drawing, png } = takeThreads();
  try {
    const [wrong, right] = [png.ask({ svg: '<svg' }), png.ask({ svg: SQUARE })];
    await assert.rejects(wrong, Error);
    assert.deepEqual([...(await right).subarray(1, 4)], [...Buffer.from('PNG')]);
  } finally {
    await Promise.all([drawing.close(), png.close()]);
  }
});

test('the threads that were started ahead are taken once', async () => {
  startThreads();
  const [ahead, others] = [takeThreads(), takeThreads()];
  assert.notEqual(ahead, others);
  for (const { drawing, png } of [ahead, others]) await Promise.all([drawing.close(), png.close()]);
});

test('nobody waits for threads that nobody asked', async () => {
  const threads = new URL('./threads.js', import.meta.url);
  const code = `import { startThreads } from ${JSON.stringify(threads.href)}; startThreads();`;
  const { exitCode } = await execa(process.execPath, ['--input-type=module', '-e', code], {
    timeout: 60_000,
    reject: false,
  });
  assert.equal(exitCode, 0);
});
