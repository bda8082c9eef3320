import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { assertConfirmedAndEnded, trial, trialCampaign } from '../../src/testing/fault-trial.js';
import { loopsOf, mountsBelow } from '../runtimes/parts/volume.js';
import { volumesFolder } from '../runtimes/parts/volumes.js';

for (const runtime of ['process', 'compose'] as const) {
  test(`${runtime}: a full disk refuses writes until some of it is freed`, async () => {
    assertConfirmedAndEnded(await trial(runtime, 'disk-full', 'follower'), 'writes_refused');
  });

  test(`${runtime}: a read-only disk refuses writes until it is mended`, async () => {
    assertConfirmedAndEnded(await trial(runtime, 'disk-read-only', 'follower'), 'writes_refused');
  });

  test(`${runtime}: a write of a slow disk takes as much longer as was asked`, async () => {
    const result = await trial(runtime, 'disk-slow', 'follower', 20);
    assertConfirmedAndEnded(result, 'write_time');
    assert.ok(Number(result.evidence[0]!['during']) < 60, `${result.evidence[0]!['during']} ms`);
  });

  test(`${runtime}: a power cut ends all nodes, and loses what was not on their disks`, async () => {
    const result = await trial(runtime, 'power-cut', 'all');
    assertConfirmedAndEnded(result, 'unsynced_bytes', 'exit_code');
    assert.deepEqual(
      result.evidence.filter(({ metric }) => metric === 'exit_code').map(({ during }) => during),
      ['137', '137', '137'],
    );
  });

  test(`${runtime}: nothing is left of the file systems`, () => {
    const folder = volumesFolder(trialCampaign);
    assert.deepEqual([mountsBelow(folder), loopsOf(folder), existsSync(folder)], [[], [], false]);
  });
}
