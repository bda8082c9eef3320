import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSynthetic } from '../../testing/open-synthetic.js';
import { claims, difference, ratiosApart, timesTrials, verdicts } from './claims.js';
import type { Configuration } from './configurations.js';

const part = (atMost: number, atLeast: number) => ({
  test: { atMost, atLeast },
  is: 'at most' as const,
  untested: null,
});
const shown = part(0.001, 1);
const denied = part(1, 0.001);
const open = part(0.6, 0.9);
const untested = { test: null, is: 'at most' as const, untested: 'no run' };

test('a claim holds where each of its parts is shown, and does not where one is denied', () => {
  assert.deepEqual(verdicts([[shown]]), ['holds']);
  assert.deepEqual(verdicts([[shown, shown]]), ['holds']);
  assert.deepEqual(verdicts([[{ ...denied, is: 'at least' }]]), ['holds']);
  assert.deepEqual(verdicts([[denied]]), ['does not hold']);
  assert.deepEqual(verdicts([[shown, denied]]), ['does not hold']);
});

test('what is neither shown nor denied is undecided, also where a part of it is shown', () => {
  assert.deepEqual(verdicts([[open]]), ['undecided']);
  assert.deepEqual(verdicts([[shown, open]]), ['undecided']);
  assert.deepEqual(verdicts([[{ ...open, test: null }]]), ['undecided'], 'one trial has no test');
});

test('without a test of each part a claim is not tested, but one part can deny it', () => {
  assert.deepEqual(verdicts([[untested]]), ['not tested']);
  assert.deepEqual(verdicts([[shown, untested]]), ['not tested']);
  assert.deepEqual(verdicts([[denied, untested]]), ['does not hold']);
});

test('the more claims, the surer each has to be', () => {
  const fair = part(0.03, 1);
  assert.deepEqual(verdicts([[fair]]), ['holds']);
  assert.deepEqual(verdicts([[fair], [fair]]), ['undecided', 'undecided']);
  assert.deepEqual(
    verdicts([[shown], [fair]]),
    ['holds', 'holds'],
    'Holm: the surest first, the rest by what is left',
  );
});

test('how many trials more would decide grows with the square of how near a ratio is to its bound', () => {
  const ratio = (value: number, low: number, high: number) => ({
    ours: { value, low, high, trials: 10, method: 'within blocks' as const },
    is: 'at least' as const,
    bound: 1,
  });
  const near = ratio(1.1, 1.1 / 1.21, 1.1 * 1.21); // its interval reaches twice as far as its bound is away
  assert.equal(Math.round(timesTrials([near], 0.05)!), 4);
  assert.ok(timesTrials([near], 0.01)! > 6, 'a surer verdict asks for more');
  const nearer = ratio(1.05, 1.05 / 1.21, 1.05 * 1.21);
  assert.ok(timesTrials([near, nearer], 0.05)! > 12, 'all parts have to be shown');
  const against = ratio(0.9, 0.9 / 1.21, 0.9 * 1.21);
  assert.ok(timesTrials([nearer, against], 0.05)! < 4, 'one part can deny it');
  assert.equal(timesTrials([{ ...near, ours: null }], 0.05), null);
});

const reads = (
  fault: string,
  bySitting: Record<string, readonly number[]>,
  models: Record<string, string> = {},
) =>
  ({
    ...{ campaign: 'c', fault, scenario: fault, workers: 9 },
    trials: Object.entries(bySitting).flatMap(([sitting, values]) =>
      values.map((reads_per_s, block) => ({
        ...{ sitting, in_block: `${sitting} ${block}`, reads_per_s, other_cpu_fraction: null },
        host_cpu_model: models[sitting] ?? null,
      })),
    ),
  }) as unknown as Configuration;

test('what another sitting tells otherwise is told of each, within its blocks', () => {
  const base = reads('none', { fast: [100, 200, 400], slow: [10, 20, 40], alone: [1] });
  const hit = reads('crash', { fast: [50, 101, 199], slow: [10, 20, 40.1] });
  const told = ratiosApart([base, hit], [hit, base], 'reads_per_s')!;
  assert.equal(told.by, 'sitting');
  assert.deepEqual(
    told.ratios.map(({ ratio }) => ratio.value.toFixed(2)),
    ['0.50', '1.00'],
  );
  assert.ok(told.chance! < 0.001);
  assert.equal(ratiosApart([base, hit], [base, reads('other', { slow: [1, 2] })], 'reads_per_s'), null);
});

test('where several kinds of processor measured, it is told of each of them', () => {
  const kinds = { fast: 'Intel(R) Xeon(R) Processor', slow: 'AMD EPYC', slower: 'AMD EPYC' };
  const base = reads('none', { fast: [100, 200, 400], slow: [10, 20, 40], slower: [5, 6] }, kinds);
  const hit = reads('crash', { fast: [50, 101, 199], slow: [10, 20, 40.1], slower: [5, 6.1] }, kinds);
  const { by, ratios } = ratiosApart([base, hit], [hit, base], 'reads_per_s')!;
  assert.equal(by, 'processor');
  assert.deepEqual(
    ratios.map(({ name, ratio }) => [name, ratio.trials, ratio.value.toFixed(1)]),
    [
      ['AMD EPYC', 5, '1.0'],
      ['Intel Xeon', 3, '0.5'],
    ],
  );
});

test('of what is undecided, a part whose processors differ is told; one that is shown is not', () => {
  const differing = { by: 'processor' as const, ratios: [], chance: 0.004 };
  const alike = { ...differing, by: 'sitting' as const, chance: 0.4 };
  assert.deepEqual(difference([{ test: open.test, apart: differing }], 0.05), {
    by: 'processor',
    chance: 0.004,
  });
  assert.equal(difference([{ test: open.test, apart: alike }], 0.05), null);
  assert.equal(difference([{ test: shown.test, apart: differing }], 0.05), null);
  assert.equal(difference([{ test: open.test, apart: null }], 0.05), null);
});

test('where 2022’s severity took no effect, the mildest beyond it that did stands for it, and is named', async () => {
  const { data, remove } = await openSynthetic({
    operations: 60_000,
    keep: ({ scenario, workers }) => !scenario.startsWith('baseline') || workers === 9,
    change: (plan) => {
      if (plan.scenario === 'slow-cpu-follower') return { ...plan, fault_confirmed: false };
      if (plan.scenario !== 'memory-follower') return plan;
      return { ...plan, scenario: 'met', fault: 'cpu-limit', severity: 0.02, severity_unit: 'cpus' };
    },
  });
  try {
    const judged = await claims(data);
    const part = (words: string) => judged.find(({ claim }) => claim.includes(words))!.parts[0]!;
    const cpu = part('short of CPU costs hardly any');
    assert.deepEqual(
      cpu.harder.map(({ severity }) => severity),
      [0.02],
    );
    assert.ok(Math.abs(cpu.ours!.value - 0.97) < 0.01);
    assert.match(part('follower with little memory').untested!, /most of its runs do not show/);
    assert.deepEqual(part('The crash of a follower').harder, []);
  } finally {
    await remove();
  }
});

test('of two scenarios with the same fault the one counts whose fault took effect in more of its runs', async () => {
  const { data, remove } = await openSynthetic({
    operations: 60_000,
    keep: ({ scenario, workers }) => scenario !== 'baseline' || workers === 9,
    change: (plan) => {
      if (plan.scenario === 'crash-follower' && plan.trial === 1) return { ...plan, fault_confirmed: false };
      if (plan.scenario !== 'memory-follower') return plan;
      return {
        ...plan,
        scenario: 'met',
        fault: 'crash',
        severity: null,
        severity_unit: null,
        inject_at_s: 10,
      };
    },
  });
  try {
    const judged = await claims(data);
    const [crash] = judged.find(({ claim }) => claim.startsWith('The crash of a follower'))!.parts;
    assert.ok(Math.abs(crash!.ours!.value - 0.97) < 0.01, 'that of “met”, not 0.92');
  } finally {
    await remove();
  }
});

test('a severity that took effect in half of its runs is not tested: those in which it did are no fair choice', async () => {
  const { data, remove } = await openSynthetic({
    operations: 60_000,
    keep: ({ scenario, workers, trial }) => (scenario !== 'baseline' || workers === 9) && trial < 3,
    change: (plan) =>
      plan.scenario === 'crash-follower' && plan.trial === 1 ? { ...plan, fault_confirmed: false } : plan,
  });
  try {
    const judged = await claims(data);
    const crash = judged.find(({ claim }) => claim.startsWith('The crash of a follower'))!;
    assert.equal(crash.verdict, 'not tested');
    const memory = judged.find(({ claim }) => claim.startsWith('A follower with little memory'))!;
    assert.notEqual(memory.verdict, 'not tested');
  } finally {
    await remove();
  }
});
