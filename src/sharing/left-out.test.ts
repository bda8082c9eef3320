import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDataPackage, writeDataPackage } from '../dataset/datapackage.js';
import { openDataset } from '../results/core/open.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { ALL_TABLES } from '../results/core/tables.js';
import { mainConfigurations } from '../results/derived/configurations.js';
import { impacts } from '../results/derived/impact.js';
import { summary } from '../results/derived/summary.js';
import { trials } from '../results/derived/trials.js';
import { runWrites } from '../results/derived/writes.js';
import { outageGroups, outageTrials } from '../results/outages.js';
import { outcomeCounts } from '../results/outcomes.js';
import { readPercentiles } from '../results/percentiles.js';
import { runByName, typicalRun } from '../results/runs/run.js';
import { missingWindows, runWindows } from '../results/windows.js';
import { filesOf, madeUpDataset } from '../testing/made-up-dataset.js';
import { temporaryFolder } from '../testing/made-up-runs.js';
import { replaceIn } from '../testing/replace-in.js';
import { writeSyntheticDataset } from '../testing/synthetic-dataset.js';
import { merge } from './rewrite/merge.js';
import { subset } from './rewrite/subset.js';
import { verify } from './verify/verify.js';

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
  await subset(whole, small, { operationsOfTrials: 1 });
  const after = await openDataset(small);
  context.after(() => after.close());

  const [left] = await after.query<{ runs: number }>('SELECT count(DISTINCT run_id) AS runs FROM operations');
  const [all] = await after.query<{ runs: number }>('SELECT count(*) AS runs FROM runs');
  assert.ok(left!.runs > 5 && left!.runs < all!.runs / 2);
  for (const query of [trials, outcomeCounts, runWindows, outageTrials, outageGroups, impacts, runWrites])
    assert.deepEqual(await query(after), await query(before));
  assert.deepEqual(await missingWindows(after), []);

  assert.deepEqual(await summary(after), await summary(before));
  const distribution = async (data: Queryable) => readPercentiles(data, await mainConfigurations(data));
  assert.deepEqual(await distribution(after), await distribution(before));

  const run = await typicalRun(after, ['crash'], 'leader');
  assert.equal(run.trial, 1);
  await assert.rejects(runByName(after, run.run_id.replace('-t1', '-t2')), (error) => {
    return error instanceof MissingData && /operations of run .* were left out/.test(error.message);
  });
});

test('a dataset without some of its operations is sound, and says what is not there', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  const small = join(folder, 'small');
  await subset(data, small, { operationsOfTrials: 1 });
  assert.deepEqual(await verify(small), []);
  assert.match((await readDataPackage(small)).description, /the operations of 1 of the 3 runs were left out/);

  const [rest, again] = [join(folder, 'rest'), join(folder, 'again')];
  await subset(small, rest, { runs: ['large-1'] });
  await subset(small, join(folder, 'others'), { runs: ['baseline-1', 'crash-1'] });
  await merge([rest, join(folder, 'others')], again);
  assert.deepEqual(filesOf(again), filesOf(small));

  replaceIn(join(small, 'results/outcomes.csv'), /^(large-1,query,ok,none,)7/m, '$19');
  await renewPackage(small);
  assert.match((await verify(small)).map(({ problem }) => problem).join('\n'), /lines were kept/);
});

test('stored results that are not what the operations give are found', async (context) => {
  const { data } = await madeUpDataset(context);
  replaceIn(join(data, 'results/outcomes.csv'), /^(baseline-1,query,ok,none,10,)1/m, '$12');
  await renewPackage(data);
  const found = (await verify(data)).map(({ file, problem }) => `${file}: ${problem}`).join('\n');
  assert.match(found, /results\/outcomes.csv: the row baseline-1, query, ok, none is/);
});

/** The package's checksums again, as if what was changed had always been so. */
async function renewPackage(folder: string): Promise<void> {
  await writeDataPackage(folder, await readDataPackage(folder), ALL_TABLES);
}
