import { test } from 'node:test';
import { assertConfirmedAndEnded, trial } from '../../src/testing/fault-trial.js';

test('some of the packets to the leader are lost', async () => {
  assertConfirmedAndEnded(await trial('compose', 'network-loss', 'leader', 10), 'packets_dropped');
});

test('a link of a follower is cut, and joined again', async () => {
  assertConfirmedAndEnded(await trial('compose', 'network-cut-link', 'follower'), 'packets_dropped');
});
