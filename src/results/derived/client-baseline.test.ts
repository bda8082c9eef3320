import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openClient } from '../../testing/open-client.js';
import { OTHERS_CPU } from '../core/others-cpu.js';
import { baselineOf } from './client-baseline.js';
import { type ClientGroup, clientGroups } from './client-runs.js';

let client: Awaited<ReturnType<typeof openClient>>;
let groups: readonly ClientGroup[];
before(async () => {
  client = await openClient();
  groups = await clientGroups(client.data);
});
after(() => client?.remove());

const slow = (severity: number, target_role = 'follower'): ClientGroup => ({
  ...groups.find(({ scenario }) => scenario === 'disk-throttle-follower')!,
  ...{ scenario: `disk-slow-${target_role}`, fault: 'disk-slow', severity, severity_unit: 'ms', target_role },
});

test('a slow disk is compared with its own tracer at work without a delay, and that with no fault', () => {
  const [idle, slower, leader] = [slow(0.001), slow(5), slow(0.001, 'leader')];
  const all = [...groups, leader, slower, idle];
  assert.equal(baselineOf(slower, all), idle);
  assert.equal(baselineOf(idle, all)?.fault, 'none');
  assert.equal(baselineOf(slower, [...groups, slower])?.fault, 'none', 'where that was not run');
});

test('a closed loop is not compared with an open one', () => {
  const closed = groups.find(({ scenario }) => scenario === 'pause-leader-closed')!;
  assert.equal(baselineOf(closed, groups)?.scenario, 'baseline-closed');
});

test('what a tracer or a queue of packets uses of the CPU is not of others', async () => {
  const rows = await client.data.query<{ others: number | null }>(
    `SELECT ${OTHERS_CPU} AS others FROM (
       VALUES ('none', 0.02), ('crash', 0.03), ('disk-slow', 0.2), ('crash+network-delay', 0.2)
     ) AS runs(fault, other_cpu_fraction)`,
  );
  assert.deepEqual(
    rows.map(({ others }) => others && Number(others)),
    [0.02, 0.03, null, null],
  );
});
