import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../../common/random.js';
import { type GroupedWait, rankTest } from './rank-test.js';

const wait = (group: string, stratum: string, time: number, censored = false): GroupedWait => ({
  ...{ group, stratum, time, censored },
});

/** Waits of two groups in two strata, of which one waits for 10 s longer. */
function waits(least: Record<string, number>, trials = 5): GroupedWait[] {
  return ['old', 'new'].flatMap((stratum) =>
    Object.entries(least).flatMap(([group, from]) =>
      Array.from({ length: trials }, (_, i) =>
        wait(group, stratum, from + i / 10 + (stratum === 'old' ? 10 : 0)),
      ),
    ),
  );
}

test('groups that wait for longer within each stratum are told from those that do not', () => {
  assert.ok(rankTest(waits({ a: 5, b: 5.05 })) > 0.05);
  assert.ok(rankTest(waits({ a: 5, b: 10 })) < 0.001);
});

test('what strata differ in is not taken for a difference of groups, however many of one are in each', () => {
  const long = (group: string) => wait(group, 'old', 15);
  const short = (group: string) => wait(group, 'new', 5);
  assert.equal(
    rankTest([...Array(6).fill(long('x')), long('y'), short('x'), ...Array(6).fill(short('y'))]),
    1,
  );
});

test('of two waits against two, one shuffle in three is as far apart', () => {
  const four = [wait('a', 's', 1), wait('a', 's', 2), wait('b', 's', 3), wait('b', 's', 4)];
  assert.ok(Math.abs(rankTest(four) - 1 / 3) < 0.02, `${rankTest(four)}`);
});

test('a wait that somebody ended ranks after all that were over', () => {
  const ended = [1, 2, 3, 4, 5].flatMap((time) => [wait('a', 's', time), wait('b', 's', 5, true)]);
  assert.ok(rankTest(ended) < 0.02);
});

test('of a wait that somebody ended early, nobody knows whether it would have been longer than others', () => {
  const early = [1, 2, 3, 4, 5].flatMap((time) => [wait('a', 's', time), wait('b', 's', 0.5, true)]);
  assert.equal(rankTest(early), 1);
});

test('where groups make no difference, a chance below 5 % comes in about 5 of 100 campaigns', () => {
  const random = randomFrom(7);
  const campaigns = 400;
  let below = 0;
  for (let campaign = 0; campaign < campaigns; campaign++) {
    const made = ['a', 'b', 'c'].flatMap((group) =>
      ['old', 'new'].flatMap((stratum) =>
        // clients get through in rounds, so that waits have humps
        Array.from({ length: 6 }, () => wait(group, stratum, 5 * Math.ceil(3 * random()) + random())),
      ),
    );
    if (rankTest(made, 199) <= 0.05) below++;
  }
  assert.ok(below >= 0.02 * campaigns && below <= 0.085 * campaigns, `${below} of ${campaigns}`);
});
