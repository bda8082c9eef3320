import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openClient } from '../../testing/open-client.js';
import { type ClientPhases, clientPhases } from './client-phases.js';

let client: Awaited<ReturnType<typeof openClient>>;
let found: ClientPhases[];
before(async () => {
  client = await openClient();
  found = await clientPhases(client.data);
});
after(() => client?.remove());

// nobody was answered from 5 to 9 s of 12, and the fault was lifted at 11 s
test('what a pause costs is missing while it lasts, and neither before nor after it', () => {
  const { phases, baseline_trials } = found.find(
    ({ scenario, kind }) => scenario === 'pause-leader' && kind === 'write',
  )!;
  assert.equal(baseline_trials, 3);
  assert.equal(phases.before.share, 1);
  assert.ok(phases.during.share < 0.6, `${phases.during.share} during it`);
  assert.ok(phases.during.difference.high! < 0);
  assert.equal(phases.after.share, 1);
  for (const { difference } of [phases.before, phases.after])
    assert.ok(difference.low! <= 0 && difference.high! >= 0, JSON.stringify(difference));
});

test('faults that last to the end, closed loops and runs without a fault have no such phases', () => {
  const scenarios = new Set(found.map(({ scenario }) => scenario));
  for (const name of ['crash-leader', 'pause-leader-closed', 'baseline'])
    assert.ok(!scenarios.has(name), name);
});
