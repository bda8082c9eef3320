import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScriptedVolume } from '../../src/testing/scripted-volume.js';
import type { Cluster, Node } from '../runtimes/parts/runtime.js';
import diskFull from './disk-full.js';

test('what a look is filling at the lift is given back', async () => {
  const volume = new SlowVolume({ effective: true });
  const cluster = { volume: () => volume, state: async () => ({ running: true }) } as unknown as Cluster;
  const fault = await diskFull.prepare({ cluster } as Parameters<typeof diskFull.prepare>[0]);
  await fault.inject({ name: 'raft1' } as Node);
  const [measured] = await fault.measure();
  assert.deepEqual([measured?.during, await fault.hasEnded()], [1, false]);

  const look = fault.measure();
  await fault.lift();
  await look;
  assert.equal(await volume.tryWrite(), undefined);
  assert.equal(await fault.hasEnded(), true);
});

/** Filling it takes a while. */
class SlowVolume extends ScriptedVolume {
  override async fill() {
    await new Promise(setImmediate);
    await super.fill();
  }
}
