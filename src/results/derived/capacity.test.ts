import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openClient } from '../../testing/open-client.js';
import { capacityCurves } from './capacity.js';
import { clientGroups } from './client-runs.js';

let client: Awaited<ReturnType<typeof openClient>>;
before(async () => {
  client = await openClient();
});
after(() => client?.remove());

test('response times are told by the rate that was offered, reads and writes apart', async () => {
  const [curve, ...others] = await capacityCurves(client.data);
  assert.deepEqual(others, []);
  assert.equal(curve!.capacity_per_s!.value, 50);
  const told = curve!.points.map(({ rate, offered_per_s, served_per_s, write, read }) => [
    rate,
    offered_per_s.value,
    served_per_s.value,
    Math.round(write!.p99_ms.value * 1000) / 1000,
    Math.round(read!.median_ms.value * 1000) / 1000,
  ]);
  assert.deepEqual(told, [
    ['20%', 10, 10, 5, 1],
    ['40%', 20, 20, 6, 1.2],
    ['60%', 30, 30, 7, 1.4],
    ['80%', 40, 40, 20, 4],
    // writes take 1.5 s, which is too late for them to count as served
    ['120%', 60, 30, 1500, 300],
  ]);
});

test('the knee is where most is served for the waiting, in each block', async () => {
  const [curve] = await capacityCurves(client.data);
  assert.deepEqual(curve!.knees.write, [
    { block: 1, rate: '60%', offered_per_s: 30, offered_percent: 60, censored: false },
    { block: 2, rate: '60%', offered_per_s: 30, offered_percent: 60, censored: false },
    { block: 3, rate: '60%', offered_per_s: 30, offered_percent: 60, censored: false },
  ]);
});

test('runs at several rates are no groups of their own in the figures of faults', async () => {
  const found = (await clientGroups(client.data)).map(({ scenario }) => scenario);
  assert.ok(!found.includes('capacity'));
});
