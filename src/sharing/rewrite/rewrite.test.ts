import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDataset } from '../../results/core/open.js';
import { filesOf, ingestInto, madeUpDataset } from '../../testing/made-up-dataset.js';
import { writeCapture } from '../../testing/made-up-runs.js';
import { rejects } from '../../testing/rejects.js';
import { describe } from '../describe.js';
import { verify } from '../verify/verify.js';
import { merge } from './merge.js';
import { subset } from './subset.js';
import { upgrade } from './upgrade.js';

test('ingested again, or cut in two and merged, a dataset has the same bytes', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await ingestInto(folder, join(folder, 'again'));
  assert.deepEqual(filesOf(join(folder, 'again')), filesOf(data));
  assert.equal(await subset(data, join(folder, 'crash'), { scenarios: ['crash-leader'] }), 1);
  assert.equal(
    await subset(data, join(folder, 'rest'), { runs: ['large-1', 'baseline-1'], status: ['complete'] }),
    2,
  );
  assert.deepEqual(await verify(join(folder, 'rest')), []);
  assert.equal(await merge([join(folder, 'rest'), join(folder, 'crash')], join(folder, 'whole')), 3);
  assert.deepEqual(filesOf(join(folder, 'whole')), filesOf(data));
});

test('two campaigns whose runs have the same names are merged under the names of the campaigns', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  const other = { campaign: 'tuesday', started_at: '2023-11-15T22:13:20.000Z' };
  writeCapture(join(folder, 'more/in/baseline-1'), { run: other });
  await ingestInto(join(folder, 'more'), join(folder, 'tuesday'));
  await subset(data, join(folder, 'small'), { operationsOfTrials: 0 });
  assert.equal(await merge([join(folder, 'small'), join(folder, 'tuesday')], join(folder, 'both')), 4);
  assert.deepEqual(await verify(join(folder, 'both')), []);
  const dataset = await openDataset(join(folder, 'both'));
  context.after(() => dataset.close());
  const runs = await dataset.query(
    `select run_id, campaign, (select count(*) from operations o where o.run_id = r.run_id) as operations,
       (select count(*) from outcomes o where o.run_id = r.run_id) as outcomes,
       (select count(*) from events e where e.run_id = r.run_id) as events
     from runs r where run_id like '%/baseline-1' order by run_id`,
  );
  assert.deepEqual(runs, [
    { run_id: 'made-up/baseline-1', campaign: 'made-up', operations: 0, outcomes: 4, events: 2 },
    { run_id: 'tuesday/baseline-1', campaign: 'tuesday', operations: 19, outcomes: 4, events: 2 },
  ]);
});

test('two campaigns of the same name are merged under the names of their folders', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  writeCapture(join(folder, 'more/in/baseline-1'), { run: { started_at: '2023-11-15T22:13:20.000Z' } });
  await ingestInto(join(folder, 'more'), join(folder, 'theirs'));
  await merge([data, join(folder, 'theirs')], join(folder, 'both'));
  const dataset = await openDataset(join(folder, 'both'));
  context.after(() => dataset.close());
  assert.deepEqual(
    await dataset.query('select campaign, count(*) as runs from runs group by all order by campaign'),
    [
      { campaign: 'data', runs: 3 },
      { campaign: 'theirs', runs: 1 },
    ],
  );
});

test('operations of the runs that are named stay, and of the others what they came to', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  await subset(data, join(folder, 'small'), { operationsOfRuns: ['crash-1'] });
  assert.deepEqual(await verify(join(folder, 'small')), []);
  const dataset = await openDataset(join(folder, 'small'));
  context.after(() => dataset.close());
  const rows = await dataset.query<{ scenario: string; operations: number; outcomes: number }>(
    `select scenario, sum((select count(*) from operations o where o.run_id = r.run_id))::double as operations,
       sum((select count(*) from outcomes o where o.run_id = r.run_id))::double as outcomes
     from runs r where status = 'complete' group by scenario order by scenario`,
  );
  for (const { scenario, operations, outcomes } of rows) {
    assert.equal(operations > 0, scenario === 'crash-leader', scenario);
    assert.ok(outcomes > 0, scenario);
  }
  const unknown = { operationsOfRuns: ['crash-11'] };
  await rejects(subset(data, join(folder, 'none'), unknown), /did you mean crash-1\?/);
});

test('parts of one campaign are merged under its name, and their runs are compared with each other', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  const second = { campaign: 'second half', started_at: '2023-11-15T22:13:20.000Z' };
  writeCapture(join(folder, 'more/in/baseline-1'), { run: second });
  await ingestInto(join(folder, 'more'), join(folder, 'second'));
  await merge([data, join(folder, 'second')], join(folder, 'both'), 'whole');
  assert.deepEqual(await verify(join(folder, 'both')), []);
  const dataset = await openDataset(join(folder, 'both'));
  context.after(() => dataset.close());
  assert.deepEqual(
    await dataset.query(
      `select campaign, count(*) as runs, count(*) filter (run_id like '%/baseline-1') as baselines
       from runs group by all`,
    ),
    [{ campaign: 'whole', runs: 4, baselines: 2 }],
  );
});

test('what cannot be merged or cut is said', async (context) => {
  const { folder, data } = await madeUpDataset(context);
  const out = join(folder, 'out');
  await rejects(merge([data, data], out), /the run baseline-1 is in both/);
  await rejects(subset(data, out, { scenarios: ['crash-leder'] }), /did you mean crash-leader\?/);
  await rejects(subset(data, out, { scenarios: ['baseline'], runs: ['crash-1'] }), /no run fits/);
  assert.equal(existsSync(out), false);
});

test('what a person wrote of a dataset outlasts its upgrade', async (context) => {
  const { data } = await madeUpDataset(context);
  await describe(data, { title: 'A crash', version: '2.1.0', doi: '10.5281/zenodo.1234567' });
  writeFileSync(join(data, 'README.md'), 'notes');
  const before = readFileSync(join(data, 'datapackage.json'), 'utf8');
  assert.equal(await upgrade(data), 3);
  assert.equal(readFileSync(join(data, 'README.md'), 'utf8'), 'notes');
  assert.deepEqual(JSON.parse(readFileSync(join(data, 'datapackage.json'), 'utf8')), JSON.parse(before));
});
