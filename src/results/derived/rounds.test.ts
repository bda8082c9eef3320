import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundsOf } from './rounds.js';

test('outages about a dial time-out apart are different rounds', () => {
  const trials = [10.6, 5.2, 15.6, 5.3, 10.2].map((outage_s) => ({ outage_s }));
  const rounds = roundsOf(trials).map((round) => round.map((trial) => trial.outage_s));
  assert.deepEqual(rounds, [[5.2, 5.3], [10.2, 10.6], [15.6]]);
});

test('outages close to each other are one round', () => {
  assert.equal(roundsOf([{ outage_s: 11.5 }, { outage_s: 10.7 }]).length, 1);
  assert.deepEqual(roundsOf([]), []);
});
