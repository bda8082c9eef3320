import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultColumns } from './fault-columns.js';
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

test('a baseline that many are compared with comes several times a block, each time as another trial', () => {
  const several = { ...loadScenario('baseline'), name: 'several', per_block: 3 };
  const runs = planCampaign({ ...options, scenarios: [several, loadScenario('crash-leader')] });
  const placed = runs.filter(({ scenario }) => scenario === 'several');
  assert.deepEqual(
    placed.map(({ trial, block }) => [trial, block]),
    [1, 2, 3].map((trial) => [trial, 1]).concat([4, 5, 6].map((trial) => [trial, 2])),
  );
  assert.equal(new Set(runs.map(({ run_id }) => run_id)).size, runs.length);
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
  assert.equal(run!.faults[0]!.injectAtS, 7.5);
  assert.equal(run!.faults[0]!.liftAtS, null);
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
  wrong({ falt: {} }, /the file: expected no field but .*, received falt \(did you mean fault\?\)/);
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
  wrong(
    { workload: 'registers', driver: undefined, client: { rate: 0 } },
    /client.rate: expected operations a second, .* such as 50%, .*received 0/,
  );
  const both = { ...loss, inject_at: '60%', lift_at: '25%' };
  wrong(
    fault(both),
    /at most 100, received 150\n.*fault.lift_at: expected later than inject_at, 60%, received 25%/,
  );
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

test('the model of consistency that a scenario expects is in the plan, where it is not the usual one', () => {
  const planned = (text: string) => planCampaign({ ...options, scenarios: [several(text)] }).at(-1)!;
  assert.equal(planned('consistency: serializability').consistency, 'serializability');
  assert.ok(!('consistency' in planned('')));
  assert.throws(
    () => several('consistency: serialisability'),
    /consistency: expected one of strict serializability, .* \(did you mean serializability\?\)/,
  );
  const benchmark = 'title: a\nquestion: b\nworkload: kvreadwrite\nworkers: 2\ndriver: leader\n';
  assert.throws(
    () => parseScenario(`${benchmark}consistency: none`, 'old.yml'),
    /consistency: kvreadwrite is played by 2022's benchmark/,
  );
});

test('of a list of deadlines of the client each is a configuration, and one of them may be none', () => {
  const runs = planCampaign({ ...options, trials: 1, scenarios: [loadScenario('silent-loss-leader')] });
  const seen = runs.map(({ run_id, client }) => [client!.operation_timeout_s, run_id]).sort();
  assert.deepEqual(seen, [
    [10, 'silent-loss-leader-registers-deadline10s-w08-t1'],
    [2, 'silent-loss-leader-registers-deadline2s-w08-t1'],
    ['none', 'silent-loss-leader-registers-no-deadline-w08-t1'],
  ]);
});

test('a fault outside of the workload is refused', () => {
  const late = parseScenario(
    'title: a\nquestion: b\nworkload: kvreadwrite\nworkers: 2\ndriver: follower\nfault: { kind: crash, target: leader, inject_at: 12 }\n',
    'late.yml',
  );
  assert.throws(
    () => planCampaign({ ...options, scenarios: [late] }),
    /late: the fault is planned at 12 s: expected that within the 10 s of the workload/,
  );
  const backwards = { ...late, faults: late.faults.map((fault) => ({ ...fault, inject_at: 5, lift_at: 3 })) };
  assert.throws(
    () => planCampaign({ ...options, scenarios: [backwards] }),
    /planned to begin at 5 s and to end at 3 s: expected lift_at after inject_at/,
  );
});

const several = (text: string) =>
  parseScenario(`title: a\nquestion: b\nworkload: registers\nworkers: 2\n${text}`, 'several.yml');

test('of a list of faults every choice of target, severity and length is a configuration', () => {
  const scenario = several(`faults:
  - { kind: cpu-limit, target: [leader, follower], severity: [0.5, 0.1], inject_at: 5, for: [2, 10] }
  - { kind: network-loss, target: same, severity: 5, inject_at: 6, for: 1 }
client: { rate: 50, mix: [read-mostly, mixed] }
`);
  const runs = planCampaign({ ...options, trials: 1, scenarios: [scenario] });
  assert.equal(runs.length, 2 * 2 * 2 * 2);
  const long = runs.find(
    ({ run_id }) => run_id === 'several-follower-0.1cpus-10s-5percent-registers-mixed-w02-t1',
  )!;
  assert.equal(long.durationS, 25, 'as long as the fault needs');
  assert.deepEqual(long.faults, [
    { kind: 'cpu-limit', target: 'follower', severity: 0.1, unit: 'cpus', injectAtS: 5, liftAtS: 15 },
    { kind: 'network-loss', target: 'same', severity: 5, unit: 'percent', injectAtS: 6, liftAtS: 7 },
  ]);
  assert.equal(long.client!.mix, 'mixed');
  assert.match(
    describePlan([long]),
    /cpu-limit 0.1 cpus on the follower from 5 s to 15 s; network-loss 5 percent on the same node from 6 s to 7 s/,
  );
});

test('a fault that flaps is on as long as it is off, and ends with its lift', () => {
  const scenario = several(
    'fault: { kind: network-cut, target: leader, inject_at: 2, lift_at: 7, flaps: 3 }',
  );
  const [run] = planCampaign({ ...options, durationS: 20, scenarios: [scenario] }).filter(
    ({ calibrates }) => !calibrates,
  );
  assert.deepEqual(
    run!.faults.map(({ target, injectAtS, liftAtS }) => [target, injectAtS, liftAtS]),
    [
      ['leader', 2, 3],
      ['same', 4, 5],
      ['same', 6, 7],
    ],
  );
  assert.match(describePlan([run!]), /network-cut on the leader from 2 s to 7 s, on and off 3 times/);
  assert.deepEqual(faultColumns(run!.faults), {
    ...{ fault: 'network-cut', target_role: 'leader', severity: null, severity_unit: null },
    ...{ inject_at_s: 2, lift_at_s: 7, faults: faultColumns(run!.faults).faults },
  });
});

test('what faults of a run have in common is in its columns, and the rest is not made up', () => {
  const one = {
    kind: 'pause',
    target: 'leader',
    severity: null,
    unit: null,
    injectAtS: 3,
    liftAtS: 5,
  } as const;
  assert.equal(faultColumns([one]).faults, null);
  assert.deepEqual(faultColumns([]), {
    ...{ fault: 'none', faults: null, target_role: 'none', severity: null, severity_unit: null },
    ...{ inject_at_s: null, lift_at_s: null },
  });
  const loss = { ...one, kind: 'network-loss', severity: 5, unit: 'percent', injectAtS: 2 } as const;
  const { faults, ...columns } = faultColumns([one, { ...loss, target: 'another', liftAtS: null }]);
  assert.deepEqual(columns, {
    ...{ fault: 'pause+network-loss', target_role: 'several', severity: null, severity_unit: null },
    ...{ inject_at_s: 2, lift_at_s: null },
  });
  assert.equal(JSON.parse(faults!)[1].inject_at_s, 2);
});

test('a list that cannot be is refused', () => {
  const wrong = (text: string, message: RegExp) => assert.throws(() => several(text), message);
  const crash = 'kind: crash, inject_at: 1';
  wrong(`fault: { ${crash}, target: same }`, /fault.target: expected another one than same/);
  wrong(`fault: { ${crash}, target: leader, flaps: 2 }`, /fault.flaps: expected lift_at or for/);
  wrong(`fault: { ${crash}, target: leader, for: 2, lift_at: 4 }`, /fault.for: expected this or lift_at/);
  wrong('fault: { kind: crash, target: leader, inject_at: 5%, for: 2 }', /inject_at: expected seconds/);
  wrong(
    `fault: { ${crash}, target: leader }\nfaults: [{ ${crash}, target: leader }]`,
    /expected fault or faults, received both/,
  );
  wrong('faults: [{ kind: crahs, target: leader, inject_at: 1 }]', /faults.kind: .*did you mean crash/);
});
