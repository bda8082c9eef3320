import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openClient } from '../testing/open-client.js';
import { dangerZone } from './danger-zone.js';

test('how hard a fault must be is told for each role, and whether harder is worse and followers are safer', async () => {
  const client = await openClient();
  try {
    const { headline, more } = await dangerZone.say(client.data);
    assert.equal(
      headline,
      'Half of the service is lost on the leader at 120 ms (network delay); on a follower not even at 500 ms (network delay).',
    );
    assert.match(more[0]!, /network delay, at 1\d ms .*and at 120 ms .*on the leader and at 470 ms/);
    assert.match(more[1]!, /while the fault lasted \(10 s\)/);
    assert.match(more[2]!, /in 0 of 6 pairs; .* in 0 of \d+\.$/);
  } finally {
    await client.remove();
  }
});
