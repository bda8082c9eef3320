import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertConfirmedAndEnded, trial } from '../../src/testing/fault-trial.js';

test('some of the packets to the leader are lost', async () => {
  assertConfirmedAndEnded(await trial('compose', 'network-loss', 'leader', 10), 'packets_dropped');
});

test('a link of a follower is cut, and joined again', async () => {
  assertConfirmedAndEnded(await trial('compose', 'network-cut-link', 'follower'), 'packets_dropped');
});

test('a delay makes the way to the leader and back longer by as much as was asked, and no more', async () => {
  const result = await trial('compose', 'network-delay', 'leader', 50);
  assertConfirmedAndEnded(result, 'round_trip_time');
  const [{ before, during } = {}] = result.evidence;
  const added = Number(during) - Number(before);
  assert.ok(added > 45 && added < 55, `${during} ms, ${before} ms before`);
});

for (const [kind, metric, severity] of [
  ['network-delay-link', 'round_trip_time', 50],
  ['network-jitter', 'round_trip_deviation', 50],
  ['network-loss-link', 'packets_dropped', 30],
  ['network-cut-link-out', 'packets_dropped'],
  ['partition-quorum-loss', 'links_cut'],
  ['partition-constrained', 'links_cut'],
  ['partition-chained', 'links_cut'],
] as const) {
  test(`${kind} of a follower takes effect on a cluster, and ends`, async () => {
    assertConfirmedAndEnded(await trial('compose', kind, 'follower', severity), metric);
  });
}
