import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupBy } from '../../common/group.js';
import { randomFrom, shuffled } from '../../common/random.js';
import { fitBlocks, type Observation } from './block-model.js';
import { normals } from './normals.js';

const observation = (
  configuration: string,
  block: number,
  value: number,
  otherCpu: number | null = null,
) => ({
  ...{ configuration, block: String(block), value, otherCpu },
});

test('what all runs of a block share does not widen the interval of a ratio within blocks', () => {
  const drift = [1, 10, 100];
  const runs = drift.flatMap((speed, block) => [
    observation('a', block, 2 * speed * [1, 1.01, 0.99][block]!),
    observation('b', block, speed),
  ]);
  const { value, low, high, method } = fitBlocks(runs).ratio('a', 'b');
  assert.equal(method, 'within blocks');
  assert.ok(Math.abs(value - 2) < 0.01 && low! > 1.9 && high! < 2.1, `${value} (${low} to ${high})`);
});

test('with two configurations once in each block, it is the paired t-test of logarithms', () => {
  const pairs = [
    [3.1, 2.0],
    [5.2, 4.9],
    [9.9, 7.1],
    [2.2, 1.9],
  ];
  const runs = pairs.flatMap(([a, b], block) => [observation('a', block, a!), observation('b', block, b!)]);
  const logs = pairs.map(([a, b]) => Math.log(a! / b!));
  const mean = logs.reduce((sum, x) => sum + x, 0) / 4;
  const error = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3 / 4);
  const { value, low, high } = fitBlocks(runs).ratio('a', 'b');
  const t = 3.182446; // 97.5 % of Student's t with 3 degrees of freedom
  for (const [found, wanted] of [
    [value, mean],
    [low!, mean - t * error],
    [high!, mean + t * error],
  ] as const) {
    assert.ok(Math.abs(Math.log(found) - wanted) < 1e-5, `${Math.log(found)}, not ${wanted}`);
  }
});

test('a trend over doses is their common factor, and a step that goes the other way widens it', () => {
  const doses = new Map([
    ['none', 0],
    ['one', 1],
    ['two', 2],
    ['three', 3],
  ]);
  const campaign = (values: readonly number[]) =>
    [1, 10, 100, 1000].flatMap((speed, block) =>
      [...doses.keys()].map((name, i) =>
        observation(name, block, speed * values[i]! * (block === i ? 1.02 : 1)),
      ),
    );
  const steady = fitBlocks(campaign([1, 0.8, 0.64, 0.512])).trend(doses)!;
  assert.ok(Math.abs(steady.value - 0.8) < 0.01, `${steady.value}`);
  assert.ok(
    steady.low! < 0.8 && steady.high! > 0.8 && steady.high! < 0.83,
    `${steady.low} to ${steady.high}`,
  );
  const test = fitBlocks(campaign([1, 0.8, 0.64, 0.512])).testTrend(doses, 1)!;
  assert.ok(test.atMost < 0.001 && test.atLeast > 0.9);
  assert.equal(fitBlocks([observation('none', 0, 1)]).trend(doses), undefined);
});

test('of a trend, too, 93 to 97 of 100 intervals hold the truth', () => {
  const random = randomFrom(9);
  const doses = new Map(['d', 'c', 'b', 'a'].map((name, dose) => [name, dose]));
  const rounds = 1500;
  let held = 0;
  for (let i = 0; i < rounds; i++) {
    const runs = simulated(random, 6, { d: 1, c: 0.9, b: 0.81, a: 0.729 });
    const { low, high } = fitBlocks(runs).trend(doses)!;
    held += low! <= 0.9 && high! >= 0.9 ? 1 : 0;
  }
  const share = (100 * held) / rounds;
  assert.ok(share >= 93 && share <= 97, `${share.toFixed(1)} %`);
});

test('what others used of the CPU is taken into account, where runs are enough to tell', () => {
  const runs = Array.from({ length: 16 }, (_, i) => {
    const others = (i % 5) / 100;
    return observation(i % 2 ? 'a' : 'b', i >> 2, (i % 2 ? 3 : 1) * Math.exp(-10 * others), others);
  });
  const { value, low, high } = fitBlocks(runs).ratio('a', 'b');
  assert.ok(Math.abs(value - 3) < 1e-6 && high! - low! < 1e-6, `${value} (${low} to ${high})`);
});

test('runs alone in their blocks neither help nor harm', () => {
  const runs = simulated(randomFrom(5), 4, { a: 1.5, b: 1 });
  const more = [...runs, observation('a', 77, 1000), observation('c', 78, 1)];
  const [among, alone] = [fitBlocks(more).ratio('a', 'b'), fitBlocks(runs).ratio('a', 'b')];
  assert.ok(Math.abs(among.low! - alone.low!) < 1e-9 && Math.abs(among.high! - alone.high!) < 1e-9);
});

test('a test against a bound is at 5 % where the 95 % interval ends', () => {
  const runs = simulated(randomFrom(7), 4, { a: 1.5, b: 1, c: 1 });
  const model = fitBlocks(runs);
  const { low, high } = model.ratio('a', 'b');
  assert.ok(Math.abs(model.test('a', 'b', low!)!.atLeast - 0.05) < 1e-6);
  assert.ok(Math.abs(model.test('a', 'b', high!)!.atMost - 0.05) < 1e-6);
});

test('one run has no interval, runs in different blocks are compared by their means, and so is what measured nothing', () => {
  const once = [
    observation('a', 1, 2),
    observation('b', 1, 1),
    observation('b', 2, 1.1),
    observation('c', 3, 5),
  ];
  assert.equal(fitBlocks(once).ratio('a', 'b').low, null);
  const apart = fitBlocks(once).ratio('c', 'a');
  assert.deepEqual([apart.value, apart.method], [2.5, 'unpaired means']);
  const nothing = [
    observation('a', 1, 0),
    observation('a', 2, 1),
    observation('b', 1, 1),
    observation('b', 2, 1),
  ];
  const zero = fitBlocks(nothing).ratio('a', 'b');
  assert.deepEqual([zero.value, zero.method], [0.5, 'unpaired means']);
});

test('shuffled within blocks as often as chance has it, ratios as large come as often as the test says', () => {
  const runs = simulated(randomFrom(3), 8, { a: 1.25, b: 1 });
  const { atLeast } = fitBlocks(runs).test('a', 'b', 1)!;
  const random = randomFrom(11);
  const observed = fitBlocks(runs).ratio('a', 'b').value;
  const rounds = 1000;
  let beyond = 0;
  for (let i = 0; i < rounds; i++)
    beyond += fitBlocks(shuffledWithinBlocks(runs, random)).ratio('a', 'b').value >= observed ? 1 : 0;
  const p = (2 * beyond) / rounds;
  assert.ok(p > 0.01 && p < 0.6, `no case that can tell: ${p}`);
  assert.ok(Math.abs(p - atLeast) < 0.05, `${p} by shuffling, ${atLeast} by the model`);
});

for (const [blocks, words] of [
  [3, 'three'],
  [12, 'twelve'],
] as const) {
  test(`with ${words} blocks, a machine that drifts between and within them, and unequal scatter, 93 to 97 of 100 intervals hold the truth`, () => {
    const share = coverage(blocks, true);
    assert.ok(share >= 93 && share <= 97, `${share.toFixed(1)} of 100`);
  });
}

test('in the same order in every block, a drift within them is taken for an effect: the order has to be shuffled', () => {
  const share = coverage(12, false);
  assert.ok(share < 90, `${share.toFixed(1)} of 100`);
});

/** Of 100 intervals, how many hold the truth. */
function coverage(blocks: number, inShuffledOrder: boolean): number {
  const random = randomFrom(blocks);
  const rounds = 1500;
  let held = 0;
  for (let i = 0; i < rounds; i++) {
    const runs = simulated(random, blocks, { a: 0.7, b: 1, c: 1.2, d: 1 }, inShuffledOrder);
    const { low, high } = fitBlocks(runs).ratio('a', 'b');
    held += low! <= 0.7 && high! >= 0.7 ? 1 : 0;
  }
  return (100 * held) / rounds;
}

/**
 * A campaign: the machine drifts by a fifth from block to block, and within each by as much, steadily and at random; others
 * use some CPU, and `a` scatters twice as much.
 */
function simulated(
  random: () => number,
  blocks: number,
  truth: Record<string, number>,
  inShuffledOrder = true,
): Observation[] {
  return Array.from({ length: blocks }, (_, block) => {
    const [drift, slope] = [normals(random, 1, 0, 0.2)[0]!, normals(random, 1, 0.2, 0.2)[0]!];
    const order = inShuffledOrder ? shuffled(Object.keys(truth), random) : Object.keys(truth);
    let walked = 0;
    return order.map((configuration, position) => {
      const [scatter, step] = normals(random, 2, 0, 1);
      walked += 0.03 * step!;
      const within = slope * (position / order.length) + walked;
      const others = 0.05 * random();
      const own = (configuration === 'a' ? 0.1 : 0.05) * scatter!;
      const value = truth[configuration]! * Math.exp(drift + within + own - 5 * others);
      return observation(configuration, block, value, others);
    });
  }).flat();
}

function shuffledWithinBlocks(runs: readonly Observation[], random: () => number): Observation[] {
  return [...groupBy(runs, ({ block }) => block).values()].flatMap((inBlock) => {
    const names = inBlock.map(({ configuration }) => configuration);
    for (let i = names.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [names[i], names[j]] = [names[j]!, names[i]!];
    }
    return inBlock.map((one, i) => ({ ...one, configuration: names[i]! }));
  });
}
