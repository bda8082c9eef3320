import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../src/testing/made-up-runs.js';
import { rejects } from '../../src/testing/rejects.js';
import { planCampaign } from '../plan.js';
import { loadScenario, parseScenario } from '../scenario.js';
import { capacityFor } from './calibration.js';
import { clientConfig, rateOf } from './config.js';

const options = { releases: ['trixie'], trials: 2, durationS: 20, seed: 1 };
const own = (text: string) => parseScenario(`title: a\nquestion: b\nworkers: 3\n${text}`, 'own.yml');

test('each block begins with one calibration for all runs whose load is the same but for its rate', () => {
  const scenarios = ['baseline', 'capacity', 'crash-leader-short-timeouts', 'lists-baseline'].map(
    loadScenario,
  );
  const runs = planCampaign({ ...options, scenarios });
  for (const block of [1, 2]) {
    const names = runs.filter((run) => run.block === block).map(({ run_id }) => run_id);
    assert.deepEqual(names.slice(0, 2), [`calibration-registers-t${block}`, `calibration-lists-2-t${block}`]);
    assert.equal(names.length, 2 + 1 + 6 + 1 + 1);
    assert.ok(names.includes(`capacity-registers-120pct-w08-t${block}`));
  }
  const absolute = planCampaign({
    ...options,
    scenarios: [own('workload: registers\nclient: { rate: 50 }')],
  });
  assert.deepEqual(
    absolute.map(({ run_id }) => run_id),
    ['own-registers-w03-t1', 'own-registers-w03-t2'],
  );
});

test('a rate that is a share is of what the calibration of its own block measured', async (context) => {
  const folder = temporaryFolder(context);
  const runs = planCampaign({ ...options, scenarios: [loadScenario('baseline')] });
  const results = join(folder, 'calibration-registers-t2', 'results');
  await mkdir(results, { recursive: true });
  const summary = { started_ns: 1e9, ended_ns: 11e9, totals: { ok: 4000 } };
  await writeFile(join(results, 'client.json'), JSON.stringify(summary));
  const [first, second] = runs.filter((run) => !run.calibrates);
  assert.equal(await capacityFor(second!, runs, folder), 400);
  assert.equal(rateOf(second!.client!, 400), 200);
  await rejects(
    capacityFor(first!, runs, folder),
    /baseline-registers-w08-t1 needs the capacity that calibration-registers-t1/,
  );
});

test('the client is told the load in its own words', () => {
  const { client } = own(
    'workload: registers\nclient: { zipf: 1.1, probe_timeout_s: 0.25, attempt_timeout_s: 0.5, policy: lxd }',
  );
  const config = clientConfig(
    {
      workload: 'registers',
      settings: { ...client!, rate: 40, mix: 'mixed', operation_timeout_s: 'none' },
      workers: 3,
      durationS: 2.5,
      ratePerS: 40,
      seed: 7,
    },
    ['a:1', 'b:2'],
  );
  assert.deepEqual(config, {
    addresses: ['a:1', 'b:2'],
    seed: 7,
    duration_ms: 2500,
    drain_ms: 15_000,
    connections: 3,
    remember_leader: false,
    arrivals: { kind: 'open', rate_per_s: 40, spacing: 'poisson', in_flight: 10_000 },
    keys: { count: 10, distribution: 'zipf', exponent: 1.1 },
    mix: { read: 0.5, write: 0.5 },
    value_bytes: { min: 0, max: 0 },
    policy: { name: 'lxd' },
    timeouts: { dial_ms: 0, probe_ms: 250, attempt_ms: 500, operation_ms: 0 },
  });
});

test('who drives, and what the client is told, have to fit the workload', () => {
  const wrong = (text: string, message: RegExp) => assert.throws(() => own(text), message);
  wrong('workload: registers\ndriver: leader', /driver: registers is played by the client.*received leader/);
  wrong(
    'workload: kvreadwrite\ndriver: leader\nclient: {}',
    /client: kvreadwrite is played by 2022's benchmark/,
  );
  wrong('workload: registers\nclient: { rate: 0 }', /rate/);
  wrong('workload: registers\nclient: { polcy: bare }', /polcy \(did you mean policy\?\)/);
  wrong('workload: registers\nclient: { mix: { reed: 1 } }', /reed/);
  assert.equal(own('workload: lists').driver, 'client');
});
