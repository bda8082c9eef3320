import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Happened, openEvents } from '../../testing/open-events.js';
import { nodesBack } from './nodes-back.js';

const hit = (from: number, to: number, node = 'raft1'): Happened[] => [
  [from, 'fault_injected', node],
  [to, 'fault_lifted', node],
];
const recovered = (at: number, node = 'raft1'): Happened => [at, 'recovered', node];

test('nodes are back where each knew the leader after the last fault that it had', async (context) => {
  const data = await openEvents(context, {
    'no-fault': [],
    back: [...hit(5, 8), recovered(9)],
    away: hit(5, 8),
    'second-in-the-first': [...hit(5, 8), ...hit(7, 12), recovered(13)],
    'away-after-the-second': [...hit(5, 8), recovered(9), ...hit(10, 12)],
    'one-of-two': [...hit(5, 8), recovered(9), ...hit(6, 9, 'raft2')],
  });
  const found = (await nodesBack(data)).map(({ scenario, back, back_s }) => [scenario, back ? back_s : back]);
  assert.deepEqual(Object.fromEntries(found), {
    back: 1,
    away: false,
    'second-in-the-first': 1,
    'away-after-the-second': false,
    'one-of-two': false,
  });
});
