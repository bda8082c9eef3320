import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ingestInto } from '../../testing/made-up-dataset.js';
import { temporaryFolder, writeCapture } from '../../testing/made-up-runs.js';
import { trials } from '../derived/trials.js';
import { openDataset } from './open.js';
import { mainSetting, settingWords } from './setting.js';

/** A dataset with a run made in each of these runtimes. */
async function madeIn(runtimes: ('compose' | 'process')[], context: TestContext) {
  const folder = temporaryFolder(context);
  runtimes.forEach((runtime, i) => {
    writeCapture(join(folder, `in/baseline-${i + 1}`), { run: { runtime, trial: i + 1 } });
  });
  await ingestInto(folder, join(folder, 'data'));
  const data = await openDataset(join(folder, 'data'));
  context.after(() => data.close());
  return data;
}

test('of two runtimes compose is drawn, however few its runs, and what is left out is said', async (t) => {
  const data = await madeIn(['process', 'compose', 'process'], t);
  assert.deepEqual(
    (await trials(data)).map((trial) => [trial.run_id, trial.runtime]),
    [['baseline-2', 'compose']],
  );
  assert.match(
    settingWords(await mainSetting(data)),
    /compose runtime.*; left out are 2 runs in the process runtime$/,
  );
});

test('a dataset with the process runtime alone is drawn, and named so', async (t) => {
  const data = await madeIn(['process', 'process'], t);
  assert.equal((await trials(data)).length, 2);
  const words = settingWords(await mainSetting(data));
  assert.match(words, /process runtime/);
  assert.doesNotMatch(words, /left out/);
});
