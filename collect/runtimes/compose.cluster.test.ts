import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execa } from 'execa';
import { localEngine } from '../docker/api.js';
import { buildImage, imageName } from '../image/build.js';
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

test('what a host can do is tried before any campaign has made images', async (t) => {
  const tools = imageName('network-tools', 'trixie');
  const kept = `${tools}-kept-${process.pid}`;
  await buildImage(localEngine(), 'network-tools', 'trixie', () => {});
  await execa('docker', ['tag', tools, kept]); // so that it is made again from its layers
  t.after(() => execa('docker', ['rmi', kept]));
  await execa('docker', ['rmi', tools]);
  assert.equal(await composeRuntime(`test-tried-${process.pid}`, () => {}).lacks('network'), undefined);
});
