import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { beginCampaign } from './campaign.js';
import { earlierRuns } from './earlier-runs.js';
import { planCampaign } from './plan.js';
import { loadScenario } from './scenario.js';

const plan = (after: Parameters<typeof planCampaign>[0]['after'], seed: number) =>
  planCampaign({
    scenarios: [loadScenario('2022/crash-follower')],
    releases: ['trixie'],
    ...{ trials: 2, durationS: 28, seed, after },
  });

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earlier-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('a campaign goes on from captures', async (t) => {
  const folder = await folderOf(t);
  await beginCampaign(
    { name: 'faults', seed: 1, created_at: '', runtime: 'process', runs: plan([], 1) },
    folder,
  );
  const after = await earlierRuns(folder, 'faults');
  assert.deepEqual(
    plan(after, 2).map(({ run_id, block }) => [run_id, block]),
    [
      ['crash-follower-w09-t3', 3],
      ['crash-follower-w09-t4', 4],
    ],
  );
});

test('a campaign goes on from a dataset, whose captures are gone', async (t) => {
  const folder = await folderOf(t);
  const rows = ['faults,crash-follower-w09-t1,1,4', 'others,crash-follower-w09-t9,9,9'];
  await writeFile(join(folder, 'runs.csv'), ['campaign,run_id,trial,block', ...rows, ''].join('\n'));
  const [first] = plan(await earlierRuns(folder, 'faults'), 2);
  assert.deepEqual([first!.run_id, first!.block, first!.position], ['crash-follower-w09-t2', 5, 2]);
  await assert.rejects(
    earlierRuns(folder, 'fault'),
    /expected runs of the campaign fault in .*, found faults, others/,
  );
});

test('a folder that has neither is refused', async (t) => {
  await assert.rejects(earlierRuns(await folderOf(t), 'faults'), /there is no campaign in/);
});
