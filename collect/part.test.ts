import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePart, takePart } from './part.js';
import { planCampaign } from './plan.js';
import { loadScenario } from './scenario.js';

const settled = { name: 'parted', seed: 7 };
const plan = (trials: number, seed = 7) =>
  planCampaign({
    scenarios: [loadScenario('2022/crash-follower'), loadScenario('baseline')],
    releases: ['trixie'],
    trials,
    durationS: 10,
    seed,
  });

test('all parts together are the plan, and every block is in one of them alone', () => {
  const whole = plan(7);
  const parts = [1, 2, 3].map((number) => takePart(whole, { number, of: 3 }, settled).runs);
  assert.deepEqual(
    parts.flat().toSorted((a, b) => a.position - b.position),
    whole,
  );
  const blocks = parts.map((runs) => [...new Set(runs.map(({ block }) => block))]);
  assert.deepEqual(blocks, [
    [1, 4, 7],
    [2, 5],
    [3, 6],
  ]);
});

test('parts of one plan bear one fingerprint, and those of another plan another', () => {
  const fingerprint = (runs: ReturnType<typeof plan>, number: number, of = 3) =>
    takePart(runs, { number, of }, settled).part.plan;
  assert.equal(fingerprint(plan(7), 1), fingerprint(plan(7), 3));
  assert.notEqual(fingerprint(plan(7), 1), fingerprint(plan(7, 8), 1));
  assert.notEqual(fingerprint(plan(7), 1), fingerprint(plan(8), 1));
  assert.notEqual(fingerprint(plan(7), 1), takePart(plan(7), { number: 1, of: 3 }, { seed: 8 }).part.plan);
});

test('more parts than blocks are refused, since some would have nothing to do', () => {
  assert.throws(
    () => takePart(plan(2), { number: 1, of: 3 }, settled),
    /at most as many parts as blocks.* 2/,
  );
});

test('a part is written as its number of how many', () => {
  assert.deepEqual(parsePart('3/8'), { number: 3, of: 8 });
  for (const text of ['0/3', '4/3', '1/0', '3', '1/3/5', 'a/b', '1.5/3', ''])
    assert.equal(parsePart(text), undefined, text);
});
