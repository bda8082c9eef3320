import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanWords } from '../figures/parts/wait-words.js';
import { waitsOf, waitUntil } from '../results/core/waits.js';
import { byDeadlineWords, type SilentLoss } from './silent-loss.js';

function loss(
  deadline_s: number | null,
  waitedS: number,
  retries: Partial<SilentLoss['retries']> = {},
): SilentLoss {
  return {
    debian_release: 'trixie',
    deadline_s,
    retries: { nodes: null, client: null, ...retries },
    firstWrite: waitsOf([waitUntil(waitedS, 120)]),
    newLeader: waitsOf([waitUntil(5, 120)]),
  };
}

test('a silent loss is told by deadline, and by what gave up sooner', () => {
  const words = byDeadlineWords([
    loss(10, 15),
    loss(null, 18, { nodes: 5, client: 5 }),
    loss(null, 118, { nodes: 5 }),
    loss(null, 119),
  ]);
  assert.deepEqual(words, [
    'without a deadline after 119.0 s',
    'without a deadline and with `tcp_retries2` of 5 on the nodes after 118.0 s',
    'without a deadline and with `tcp_retries2` of 5 on the nodes and 5 at the client after 18.0 s',
    'with a deadline of 10 s after 15.0 s',
  ]);
});

test('in a sentence on its own, from the shortest trial to the longest', () => {
  const all = [loss(10, 10), loss(10, 15), loss(10, 15.1)];
  assert.deepEqual(byDeadlineWords(all), [
    'with a deadline of 10 s after 10.0 s (1 of 3 trials), 15.0 to 15.1 s (2)',
  ]);
  assert.deepEqual(byDeadlineWords(all, spanWords), ['with a deadline of 10 s after 10.0 to 15.1 s']);
});
