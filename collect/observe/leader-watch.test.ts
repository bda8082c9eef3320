import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaderOf, type View } from './leader-watch.js';

const nodes = ['raft1', 'raft2', 'raft3'].map((name, i) => ({
  name,
  address: { host: '10.0.0.1', port: 9001 + i },
}));
const views = (...leaders: (number | undefined)[]): Map<string, View> =>
  new Map(
    leaders.map((n, i) => [
      `raft${i + 1}`,
      { leader: n === undefined ? undefined : `10.0.0.1:${9000 + n}`, at: 1000 },
    ]),
  );

test('the leader is the node that says so of itself', () => {
  assert.equal(leaderOf(nodes, views(2, 2, 2), 1100)?.name, 'raft2');
  assert.equal(leaderOf(nodes, views(2, undefined, 2), 1100), null, 'that others name it is not enough');
  assert.equal(leaderOf(nodes, new Map(), 1100), null);
});

test('of two that say so, the one that more nodes name leads: the other was cut off', () => {
  assert.equal(leaderOf(nodes, views(1, 2, 2), 1100)?.name, 'raft2');
});

test('what was said a while ago says nothing about now', () => {
  assert.equal(leaderOf(nodes, views(2, 2, 2), 1399)?.name, 'raft2');
  assert.equal(leaderOf(nodes, views(2, 2, 2), 1400), null);
});
