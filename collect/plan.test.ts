import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePlan, planCampaign } from './plan.js';
import { loadScenario, parseScenario, SCENARIOS_2022, scenarioNames } from './scenario.js';

const options = { releases: ['trixie'], trials: 2, durationS: 10, seed: 7 };

test('each block holds every configuration once, in an order that the seed decides', () => {
  const scenarios = [loadScenario('2022/baseline'), loadScenario('2022/slow-cpu-leader')];
  const runs = planCampaign({ ...options, scenarios });
  assert.equal(runs.length, 2 * (16 + 3));
  const [first, second] = [1, 2].map((block) =>
    runs.filter((run) => run.block === block).map(({ run_id }) => run_id.replace(/-t\d$/, '')),
  );
  assert.deepEqual(first!.toSorted(), second!.toSorted());
  assert.notDeepEqual(first, second);
  assert.deepEqual(planCampaign({ ...options, scenarios }), runs);
  assert.notDeepEqual(planCampaign({ ...options, seed: 8, scenarios }), runs);
});

test('a second part of a campaign goes on from the first', () => {
  const crash = loadScenario('2022/crash-follower');
  const after = planCampaign({ ...options, trials: 3, scenarios: [crash] });
  const runs = planCampaign({ ...options, after, scenarios: [crash, loadScenario('2022/memory-follower')] });
  assert.deepEqual(runs.map(({ run_id, block }) => `${run_id} in block ${block}`).toSorted(), [
    'crash-follower-w09-t4 in block 4',
    'crash-follower-w09-t5 in block 5',
    'memory-follower-50MB-w09-t1 in block 4',
    'memory-follower-50MB-w09-t2 in block 5',
  ]);
  assert.deepEqual(
    runs.map(({ position }) => position),
    [4, 5, 6, 7],
  );
});

test('a percentage is of the duration, which is as long as the scenario needs', () => {
  const [run] = planCampaign({ ...options, scenarios: [loadScenario('2022/crash-leader')] });
  assert.equal(run!.durationS, 30);
  assert.equal(run!.fault!.injectAtS, 7.5);
  assert.equal(run!.fault!.liftAtS, null);
  assert.match(describePlan([run!]), /crash on the leader from 7.5 s to the end/);
});

test('every scenario that comes with the project is one, and those of 2022 are among them', () => {
  for (const name of scenarioNames()) loadScenario(name);
  for (const name of SCENARIOS_2022) assert.ok(scenarioNames().includes(name));
});

test('a mistake in a scenario is named with its field and what was expected', () => {
  const good = { title: 'a', question: 'b', workload: 'kvreadwrite', workers: 2, driver: 'follower' };
  const wrong = (change: object, message: RegExp) =>
    assert.throws(() => parseScenario(JSON.stringify({ ...good, ...change }), 'own.yml'), message);
  wrong({ workers: 'many' }, /workers: expected a number, received "many"/);
  wrong({ workers: [2, 0] }, /workers: expected at least 1, received 0/);
  wrong({ workers: 1.5 }, /workers: expected a whole number, received 1.5/);
  wrong({ title: '' }, /title: expected a text, received ""/);
  wrong({ driver: undefined }, /driver: expected one of leader, follower, received nothing/);
  wrong({ workload: 'kvreadwrit' }, /workload: expected one of .* \(did you mean kvreadwrite\?\)/);
  wrong({ faults: {} }, /the file: expected no field but .*, received faults \(did you mean fault\?\)/);
  const fault = (change: object) => ({ fault: { kind: 'crash', target: 'leader', inject_at: 1, ...change } });
  wrong(
    fault({ kind: 'crahs' }),
    /fault.kind: expected one of .*, received "crahs" \(did you mean crash\?\)/,
  );
  wrong(fault({ lift: 1 }), /fault: expected no field but kind, .*, received lift/);
  for (const inject_at of ['150%', '-5%', 'soon', -1, null]) {
    wrong(fault({ inject_at }), /fault.inject_at: expected seconds from the start .* such as 25%, received/);
  }
  const loss = { kind: 'network-loss', severity: [10, 150] };
  wrong(fault(loss), /fault.severity: expected percent, at most 100, received 150/);
  const burners = { kind: 'cpu-contention', severity: 1.5 };
  wrong(fault(burners), /fault.severity: expected whole burners, .* received 1.5/);
  wrong(
    { fault: { kind: 'cpu-limit', target: 'leader', inject_at: 1 } },
    /fault.severity: expected a number of cpus/,
  );
  wrong(
    { driver: 'leader', fault: { kind: 'crash', target: 'leader', inject_at: 1 } },
    /driver: expected follower/,
  );
});

test('a fault outside of the workload is refused', () => {
  const late = parseScenario(
    'title: a\nquestion: b\nworkload: kvreadwrite\nworkers: 2\ndriver: follower\nfault: { kind: crash, target: leader, inject_at: 12 }\n',
    'late.yml',
  );
  assert.throws(
    () => planCampaign({ ...options, scenarios: [late] }),
    /late: the fault is planned from 12 s/,
  );
});
