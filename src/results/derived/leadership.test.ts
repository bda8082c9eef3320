import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Happened, openEvents } from '../../testing/open-events.js';
import { leadership } from './leadership.js';

const FAULT: Happened[] = [
  [5, 'fault_injected', 'raft1'],
  [15, 'fault_lifted', 'raft1'],
];
const led = (at: number, node: string): Happened => [at, 'leader_changed', node];

test('who led is told of the time of the fault, and when nobody did later', async (context) => {
  const data = await openEvents(context, {
    stayed: [...FAULT, led(-1, 'raft1')],
    another: [...FAULT, led(-1, 'raft1'), led(6, ''), led(9.5, 'raft2'), led(16, ''), led(17, 'raft1')],
    nobody: [...FAULT, led(-1, 'raft1'), led(8, ''), led(16, 'raft2')],
    again: [...FAULT, led(-1, 'raft1'), led(3, ''), led(7, 'raft1'), led(10, ''), led(11, 'raft1')],
  });
  const found = (await leadership(data)).map(({ scenario, before, after, without_s, lost_later_s }) => [
    scenario,
    { before, after, without_s, lost_later_s },
  ]);
  assert.deepEqual(Object.fromEntries(found), {
    stayed: { before: 'raft1', after: 'raft1', without_s: 0, lost_later_s: null },
    another: { before: 'raft1', after: 'raft2', without_s: 3.5, lost_later_s: 1 },
    nobody: { before: 'raft1', after: null, without_s: 7, lost_later_s: null },
    again: { before: null, after: 'raft1', without_s: 3, lost_later_s: null },
  });
});
