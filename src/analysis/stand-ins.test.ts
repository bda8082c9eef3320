import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDataPackage } from '../dataset/datapackage.js';
import { openDataset } from '../dataset/open.js';
import { merge } from '../dataset/rewrite/merge.js';
import { subset } from '../dataset/rewrite/subset.js';
import { verify } from '../dataset/verify/verify.js';
import { filesOf, madeUpDataset } from '../testing/made-up-dataset.js';
import { temporaryFolder } from '../testing/made-up-runs.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import { mainConfigurations } from './configurations.js';
import { impacts } from './impact.js';
import { readPercentiles } from './latency.js';
import { runByName, typicalRun } from './one-run.js';
import { outages } from './outage.js';
import { MissingData, type Queryable } from './question.js';
import { standIns } from './stand-ins.js';
import { summary } from './summary.js';
import { tally } from './tally.js';
import { trials } from './trials.js';
import { windows } from './window.js';

/** What the runs of later trials came to, as `dataset subset --operations-of-trials 1` leaves them out. */
async function laterTrials(data: Queryable) {
  const rows = await data.query<{ run_id: string }>('SELECT run_id FROM runs WHERE trial > 1');
  const runs = new Set(rows.map(({ run_id }) => run_id));
  return { runs, ...(await standIns(data, runs)) };
}

test('without the operations of later trials, every number over trials is what it was', async (context) => {
  const folder = temporaryFolder(context);
  const [whole, small] = [join(folder, 'whole'), join(folder, 'small')];
  await writeSyntheticDataset(whole, {
    operations: 60_000,
    keep: ({ scenario, workers }) =>
      /crash|pause|slow-cpu/.test(scenario) || (scenario === 'baseline' && workers > 7),
  });
  const before = await openDataset(whole);
  context.after(() => before.close());
  const leftOut = await laterTrials(before);
  await subset(whole, small, {}, leftOut);
  const after = await openDataset(small);
  context.after(() => after.close());

  const [left] = await after.query<{ runs: number }>('SELECT count(DISTINCT run_id) AS runs FROM operations');
  const [all] = await after.query<{ runs: number }>('SELECT count(*) AS runs FROM runs');
  assert.ok(leftOut.runs.size > 10);
  assert.equal(left!.runs, all!.runs - leftOut.runs.size);
  for (const question of [trials, tally, windows, outages, impacts])
    assert.deepEqual(await question(after), await question(before));

  assert.deepEqual(await summary(after), await summary(before));
  const distribution = async (data: Queryable) => readPercentiles(data, await mainConfigurations(data));
  assert.deepEqual(await distribution(after), await distribution(before));

  const run = await typicalRun(after, ['crash'], 'leader');
  assert.equal(run.trial, 1);
  const [gone] = leftOut.runs;
  await assert.rejects(runByName(after, gone!), (error) => {
    return error instanceof MissingData && /operations of run .* were left out/.test(error.message);
  });
});

test('a dataset without some of its operations is sound, and says what is not there', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  const small = join(folder, 'small');
  const dataset = await openDataset(data);
  const runs = new Set(['large-1']);
  const leftOut = { runs, ...(await standIns(dataset, runs)) };
  dataset.close();
  await subset(data, small, {}, leftOut);
  assert.deepEqual(await verify(small), []);
  assert.match((await readDataPackage(small)).description, /the operations of 1 of the 3 runs were left out/);
  assert.equal(existsSync(join(small, 'outages.csv')), false);

  const [rest, again] = [join(folder, 'rest'), join(folder, 'again')];
  await subset(small, rest, { runs: ['large-1'] });
  await subset(small, join(folder, 'others'), {
    scenarios: ['baseline', 'crash-leader'],
    runs: ['baseline-1', 'crash-1'],
  });
  await merge([rest, join(folder, 'others')], again);
  assert.deepEqual(filesOf(again), filesOf(small));

  const wrong = join(folder, 'wrong');
  const more = leftOut.tallies.map((row) => ({ ...row, n: row.n + 100_000 }));
  await subset(data, wrong, {}, { ...leftOut, tallies: more });
  assert.match((await verify(wrong)).map(({ problem }) => problem).join('\n'), /lines were kept/);
});
