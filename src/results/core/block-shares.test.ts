import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../../common/random.js';
import { fitShares, type Share } from './block-shares.js';
import { normals } from './normals.js';

const run = (configuration: string, block: number, count: number, of = 1000): Share => ({
  ...{ configuration, block: String(block), count, of, otherCpu: null },
});

test('what all runs of a block share does not widen the interval of a difference within blocks', () => {
  const level = [900, 600, 300];
  const runs = level.flatMap((count, block) => [
    run('a', block, count - 100 + block),
    run('b', block, count),
  ]);
  const { value, low, high } = fitShares(runs).difference('a', 'b');
  assert.ok(Math.abs(value + 0.099) < 1e-9);
  assert.ok(low! > -0.2 && high! < 0, `${low} to ${high}`);
});

test('runs that all served everything differ by nothing, as surely as so many operations can tell', () => {
  const runs = (of: number) =>
    [1, 2, 3].flatMap((block) => [run('a', block, of, of), run('b', block, of, of)]);
  const few = fitShares(runs(20)).difference('a', 'b');
  const many = fitShares(runs(20_000)).difference('a', 'b');
  assert.ok(few.value === 0 && few.low! < -0.03 && few.high! > 0.03, `${few.low} to ${few.high}`);
  assert.ok(many.low! > -0.001 && many.high! < 0.001 && many.high! > 0, `${many.low} to ${many.high}`);
});

test('configurations that all served everything differ by exactly nothing, whatever blocks they share', () => {
  const blocks = [
    ['a', 'b'],
    ['b', 'c', 'd'],
    ['a', 'd', 'd'],
    ['c', 'a', 'b', 'e'],
    ['e', 'b', 'a'],
    ['d', 'c'],
  ];
  const model = fitShares(blocks.flatMap((block, i) => block.map((name) => run(name, i, 1000))));
  const found = ['b', 'c', 'd', 'e'].map((name) => model.difference(name, 'a').value);
  assert.deepEqual(found, [0, 0, 0, 0]);
});

test('one run of each in different blocks has no interval, and runs in different blocks count as unpaired', () => {
  assert.deepEqual(fitShares([run('a', 1, 500), run('b', 2, 1000)]).difference('a', 'b'), {
    value: -0.5,
    low: null,
    high: null,
    trials: 1,
  });
  const apart = [run('a', 1, 500), run('a', 2, 520), run('b', 3, 990), run('b', 4, 1000)];
  const { value, low, high } = fitShares(apart).difference('a', 'b');
  assert.ok(Math.abs(value + 0.485) < 1e-9 && low! < value && high! < 0, `${value} (${low} to ${high})`);
});

test('nothing differs by more than all', () => {
  const twice = (...runs: Share[]) => [...runs, ...runs];
  const runs = twice(run('a', 2, 0), run('b', 1, 1000), run('c', 1, 400), run('c', 2, 500));
  const { value, low } = fitShares(runs).difference('a', 'b');
  assert.deepEqual([value, low], [-1, -1]);
});

test('a test against a bound is at 5 % where the 95 % interval ends', () => {
  const model = fitShares(simulated(randomFrom(7), 4, 0.9, 0.95));
  const { low, high } = model.difference('a', 'b');
  assert.ok(Math.abs(model.test('a', 'b', low!)!.atLeast - 0.05) < 1e-6);
  assert.ok(Math.abs(model.test('a', 'b', high!)!.atMost - 0.05) < 1e-6);
});

for (const [a, b, words] of [
  [0.6, 0.9, 'shares in the middle'],
  [0.99, 0.995, 'shares near 100 %'],
] as const) {
  for (const blocks of [3, 10]) {
    test(`in ${blocks} blocks of a drifting machine, 92 to 99.9 of 100 intervals of ${words} hold the truth`, () => {
      const random = randomFrom(blocks);
      const rounds = 1000;
      let held = 0;
      for (let i = 0; i < rounds; i++) {
        const { low, high } = fitShares(simulated(random, blocks, a, b)).difference('a', 'b');
        held += low! <= a - b && high! >= a - b ? 1 : 0;
      }
      const share = (100 * held) / rounds;
      assert.ok(share >= 92 && share <= 99.9, `${share.toFixed(1)} of 100`);
    });
  }
}

/** Runs of two configurations: blocks drift, runs scatter, by less where a share is nearer to its end; 2,000 operations each. */
function simulated(random: () => number, blocks: number, a: number, b: number): Share[] {
  return Array.from({ length: blocks }, (_, block) => {
    const [drift] = normals(random, 1, 0, 0.3 * (1 - Math.max(a, b)));
    return Object.entries({ a, b }).map(([configuration, truth]) => {
      const [scatter] = normals(random, 1, 0, 0.3 * (1 - Math.max(a, b)));
      const share = Math.min(1, Math.max(0, truth + drift! + scatter!));
      const chance = Math.sqrt((share * (1 - share)) / 2000);
      const count = Math.round(2000 * (share + normals(random, 1, 0, chance)[0]!));
      return run(configuration, block, Math.min(2000, Math.max(0, count)), 2000);
    });
  }).flat();
}
