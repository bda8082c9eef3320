import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openClient } from '../testing/open-client.js';
import { SLOW_FOLLOWER_COMMAND, slowFollower } from './slow-follower.js';

test('a slow follower matters to writes, does not, or is undecided, each with its intervals and margins', async () => {
  const client = await openClient();
  try {
    const { headline, more } = await slowFollower.say(client.data);
    assert.equal(
      headline,
      'On a follower, network delay (10 ms) does not matter to writes; disk throttle (100 kB/s) matters to writes; network delay (100 ms) may or may not matter: it is undecided.',
    );
    const far = more.find((words) => words.startsWith('Network delay (100 ms)'))!;
    assert.match(far, /99th percentile × 1\.25 \(95 % interval × 1\.\d+ to × 1\.\d+\)/);
    assert.match(far, /writes within 1 s ±0 pp \(95 % interval −0\.\d pp to \+0\.\d pp\)/);
    assert.match(more.at(-1)!, /at most 1\.25 times .* 1 percentage point/);
  } finally {
    await client.remove();
  }
});

test('a dataset that cannot tell says how to measure it', async () => {
  const { openSynthetic } = await import('../testing/open-synthetic.js');
  const { data, remove } = await openSynthetic({ operations: 2000 });
  try {
    await assert.rejects(slowFollower.say(data), new RegExp(SLOW_FOLLOWER_COMMAND.replaceAll('-', '\\-')));
  } finally {
    await remove();
  }
});
