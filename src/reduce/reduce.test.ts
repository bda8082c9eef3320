import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reduce } from './reduce.js';
import type { Trial } from './smaller.js';

/** Nothing is run here: a fake runner says what a cluster would show. */
const FIRST: Trial = {
  durationS: 32,
  scenario: {
    ...{
      title: 'a',
      question: 'b',
      workload: 'registers',
      workers: 8,
      consistency: 'strict serializability',
    },
    client: { rate: 160, keys: 10, policy: 'bare' },
    faults: [
      { kind: 'crash', target: 'leader', inject_at: 8, lift_at: 16 },
      { kind: 'pause', target: 'follower', inject_at: 20 },
    ],
  },
};
const options = { tries: 1, mostRuns: 100 };

test('what is not needed to show it is left out, and what is needed stays', async () => {
  const seen: Trial[] = [];
  const { trial, runs, finished } = await reduce(
    FIRST,
    async (tried) => {
      seen.push(tried);
      const { faults, client, workers } = tried.scenario;
      const crash = faults?.some(({ kind }) => kind === 'crash');
      return Boolean(crash) && tried.durationS >= 8 && Number(client['rate']) >= 40 && workers >= 2;
    },
    options,
  );
  assert.deepEqual(trial, {
    durationS: 8,
    scenario: {
      ...FIRST.scenario,
      workers: 2,
      client: { rate: 40, keys: 1, policy: 'bare' },
      faults: [{ kind: 'crash', target: 'leader', inject_at: 2, lift_at: 4 }],
    },
  });
  assert.equal(finished, true);
  assert.equal(runs, seen.length);
  assert.deepEqual(seen[0], FIRST, 'it is first seen to show again');
});

test('a trial that needs no fault loses all of them', async () => {
  const { trial } = await reduce(FIRST, async () => true, options);
  assert.ok(trial && !('faults' in trial.scenario));
  assert.deepEqual([trial.durationS, trial.scenario.workers, trial.scenario.client['keys']], [2, 1, 1]);
});

test('what shows only now and then is tried several times', async () => {
  let runs = 0;
  const sometimes = async () => ++runs % 3 === 0;
  assert.equal((await reduce(FIRST, sometimes, { ...options, tries: 2 })).trial, null);
  runs = 0;
  const found = await reduce(FIRST, sometimes, { ...options, tries: 3 });
  assert.equal(found.trial!.durationS, 2);
});

test('no run is begun beyond those that it may take, and the smallest so far is kept', async () => {
  const { trial, runs, finished } = await reduce(FIRST, async () => true, { tries: 1, mostRuns: 3 });
  assert.equal(runs, 3);
  assert.equal(finished, false);
  assert.equal(trial!.scenario.faults, undefined);
  assert.equal(trial!.durationS, 32);
});

test('a fault on the node of the one before it does not stay alone', async () => {
  const [crash, pause] = FIRST.scenario.faults!;
  const faults = [crash!, { ...pause!, target: 'same' }];
  const first = { ...FIRST, scenario: { ...FIRST.scenario, faults } };
  const tried: (string | undefined)[] = [];
  await reduce(
    first,
    async ({ scenario }) => {
      tried.push(scenario.faults?.[0]?.target);
      return scenario.faults?.length === 2;
    },
    options,
  );
  assert.ok(!tried.includes('same'));
});
