import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Sweep, sweeps } from '../results/derived/sweep.js';
import { openClient } from '../testing/open-client.js';
import dangerZone from './danger-zone.js';
import severityHeat from './severity-heat.js';

test('curves of two releases are drawn and told apart', async () => {
  const client = await openClient();
  try {
    const of = (all: readonly Sweep[], debian_release: string) =>
      all.map((one) => ({ ...one, debian_release }));
    const trixie = of(await sweeps(client.data), 'trixie');
    const both = [...trixie, ...of(trixie, 'sid')];
    const titles = (spec: object) =>
      [...JSON.stringify(spec).matchAll(/"text":"(Network delay[^"]*)"/g)].map(([, title]) => title);
    assert.deepEqual(titles(dangerZone.spec(trixie)), [
      'Network delay on the leader',
      'Network delay on a follower',
    ]);
    assert.deepEqual(titles(dangerZone.spec(both)), [
      'Network delay on the leader, trixie',
      'Network delay on a follower, trixie',
      'Network delay on the leader, sid',
      'Network delay on a follower, sid',
    ]);
    assert.equal(new Set(titles(severityHeat.spec(both))).size, 2 * titles(severityHeat.spec(trixie)).length);
  } finally {
    await client.remove();
  }
});
