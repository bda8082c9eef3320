import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeRuntime } from './compose.js';

test('a node that a killed campaign left frozen is removed by the next one', async (t) => {
  const runtime = composeRuntime(`test-frozen-${process.pid}`, () => {});
  t.after(() => runtime.removeLeftovers());
  await runtime.prepare('trixie', new Set(['kvreadwrite']));
  const cluster = await runtime.up({
    release: 'trixie',
    workload: 'kvreadwrite',
    workers: 1,
    durationS: 5,
    driver: 'raft2',
  });
  await cluster.freeze(cluster.nodes[0]!, true);
  const removed = await runtime.removeLeftovers();
  assert.equal(removed.length, 4, `expected three containers and their network, removed ${removed}`);
  assert.deepEqual(await runtime.removeLeftovers(), []);
});
