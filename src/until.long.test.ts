import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEnough, levelOf, untilOf } from '../collect/until.js';
import { randomFrom, shuffled } from './common/random.js';
import { fitBlocks, type Observation } from './results/core/block-model.js';
import type { Ratio } from './results/core/interval.js';
import { normals } from './results/core/normals.js';

const TRUTH: Record<string, number> = { base: 1, a: 0.7, b: 0.9, c: 1 };

test('looked at after every block, and ended when sure enough, 95 of 100 intervals still hold the truth', () => {
  const until = untilOf(0.1, 3, 12);
  const random = randomFrom(9);
  const rounds = 400;
  let [atLook, printed, blocks, early] = [0, 0, 0, 0];
  for (let i = 0; i < rounds; i++) {
    const runs: Observation[] = [];
    for (let block = 1; ; block++) {
      runs.push(...blockOfRuns(random, block));
      const model = fitBlocks(runs);
      const ratios = Object.keys(TRUTH)
        .slice(1)
        .map((name) => model.ratio(name, 'base', levelOf(until)));
      if (!isEnough(until, block, ratios.map(reachOf))) continue;
      atLook += holds(ratios[0]!) ? 1 : 0;
      printed += holds(model.ratio('a', 'base')) ? 1 : 0;
      blocks += block;
      early += block < until.most ? 1 : 0;
      break;
    }
  }
  const of100 = (n: number) => (100 * n) / rounds;
  const words = `${of100(atLook)} of 100 at the look, ${of100(printed)} as printed, after ${blocks / rounds} blocks`;
  assert.ok(early > rounds / 2, `most end early: ${early} of ${rounds}`);
  assert.ok(of100(atLook) >= 95, words);
  assert.ok(of100(printed) >= 92, words);
  console.log(words);
});

function holds({ low, high }: Ratio): boolean {
  return low! <= TRUTH['a']! && TRUTH['a']! <= high!;
}

function reachOf({ value, low, high }: Ratio): number {
  return Math.max(value - low!, high! - value);
}

/** A block in shuffled order: the machine drifts between and within blocks, and runs scatter by 6 %. */
function blockOfRuns(random: () => number, block: number): Observation[] {
  const [drift, slope] = normals(random, 2, 0, 0.1);
  const names = shuffled([...Object.keys(TRUTH), 'base'], random);
  return names.map((configuration, position) => {
    const [scatter] = normals(random, 1, 0, 0.06);
    const value = TRUTH[configuration]! * Math.exp(drift! + slope! * (position / names.length) + scatter!);
    return { configuration, block: String(block), value, otherCpu: null };
  });
}
