import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planCampaign } from './plan.js';
import { loadScenario, parseScenario } from './scenario.js';
import { everyFault, variantsOf } from './variants.js';

const options = { releases: ['trixie'], trials: 1, durationS: 10, seed: 7 };
const scenario = parseScenario(
  JSON.stringify({
    ...{ title: 'a', question: 'b', workload: 'registers', workers: 2, at_least_s: 60 },
    client: { rate: '50%', mix: 'mixed' },
    faults: [
      { kind: 'crash', target: 'leader', inject_at: 12, lift_at: 24 },
      { kind: 'pause', target: 'same', inject_at: '50%', lift_at: '75%' },
    ],
  }),
  'two.yml',
);

test('a scenario is played with each workload at one rate, and its mix goes with its own workload alone', () => {
  const variants = variantsOf(scenario, { workloads: ['registers', 'lists'], rate: 100, withinS: 10 });
  const runs = planCampaign({ ...options, scenarios: variants });
  assert.deepEqual(runs.map(({ run_id }) => run_id).toSorted(), ['two-lists-w02-t1', 'two-registers-w02-t1']);
  for (const { workload, client } of runs) {
    assert.equal(client!.rate, 100);
    assert.equal(client!.mix, workload === 'registers' ? 'mixed' : undefined);
  }
});

test('one that takes longer is drawn together, and others stay as they are', () => {
  const [run] = planCampaign({ ...options, scenarios: variantsOf(scenario, { rate: 9, withinS: 10 }) });
  assert.equal(run!.durationS, 10);
  assert.deepEqual(
    run!.faults.map(({ injectAtS, liftAtS }) => [injectAtS, liftAtS]),
    [
      [2, 4],
      [5, 7.5],
    ],
  );
  assert.deepEqual(variantsOf(scenario, {}), [scenario]);
});

test('what tries every fault has each kind of loss once with each target, and no sweep', () => {
  const names = everyFault();
  for (const name of ['crash-leader', 'pause-follower', 'rolling-restart', 'quorum-lost'])
    assert.ok(names.includes(name), name);
  for (const name of names) {
    assert.ok(!/^(sweep|settings|lists|baseline|2022)/.test(name), name);
    const variants = variantsOf(loadScenario(name), {
      ...{ workloads: ['registers', 'lists'], withinS: 10, hardest: true },
    });
    for (const run of planCampaign({ ...options, scenarios: variants }))
      assert.equal(run.durationS, 10, name);
  }
});

test('of several severities the hardest is tried, whichever way is worse', () => {
  const hardest = (name: string) => {
    const scenarios = variantsOf(loadScenario(name), { rate: 100, hardest: true });
    return planCampaign({ ...options, scenarios }).map(({ faults }) => faults[0]!.severity);
  };
  assert.deepEqual(hardest('cpu-limit-leader'), [0.05]);
  assert.deepEqual(hardest('network-delay-leader'), [100]);
});
