import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWait } from './api.js';

test('a call that waits for a container to end may take as long as a workload, whatever end it waits for', () => {
  assert.ok(isWait('/containers/abc/wait'));
  assert.ok(isWait('/containers/abc/wait?condition=next-exit'));
  assert.ok(!isWait('/containers/await/json'));
  assert.ok(!isWait('/containers/abc/waiter'));
});
