import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kaplanMeier } from './survival.js';

const over = (...times: number[]) => times.map((time) => ({ time, censored: false }));
const censored = (...times: number[]) => times.map((time) => ({ time, censored: true }));
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

test('the remission times of Freireich (1963) give the survival that textbooks print', () => {
  // 6-mercaptopurine: 21 patients, 9 relapses
  const waits = [
    ...over(6, 6, 6, 7, 10, 13, 16, 22, 23),
    ...censored(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
  ];
  const survival = kaplanMeier(waits).map(({ time, share }) => [time, rounded(1 - share)]);
  assert.deepEqual(survival, [
    [6, 0.8571],
    [7, 0.8067],
    [10, 0.7529],
    [13, 0.6902],
    [16, 0.6275],
    [22, 0.5378],
    [23, 0.4482],
  ]);
});

test('the interval at 10 weeks is the one that R’s survival prints with conf.type = "log-log"', () => {
  const waits = [
    ...over(6, 6, 6, 7, 10, 13, 16, 22, 23),
    ...censored(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
  ];
  const at10 = kaplanMeier(waits).find(({ time }) => time === 10)!;
  assert.ok(Math.abs(1 - at10.high! - 0.5032) < 5e-4 && Math.abs(1 - at10.low! - 0.8894) < 5e-4);
});

test('without censored waits it is the share that is over', () => {
  const steps = kaplanMeier(over(1, 2, 2, 4));
  assert.deepEqual(
    steps.map(({ time, share }) => [time, share]),
    [
      [1, 0.25],
      [2, 0.75],
      [4, 1],
    ],
  );
});

test('what nobody saw the end of makes no step', () => {
  assert.equal(kaplanMeier([...over(3), ...censored(5, 5, 5)]).at(-1)!.share, 0.25);
  assert.deepEqual(kaplanMeier(censored(1, 2)), []);
});
