import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { collectBehindProxies, onlyRun } from '../testing/faulty-campaign.js';
import { oldCopy } from '../testing/old-copy.js';
import { reduce } from './reduce.js';
import { isInvalid, writeScenario } from './rerun.js';
import type { Trial } from './smaller.js';
import { trialOf } from './trial-of.js';

test('the stale reads of a faulty node in a real cluster are shown again by less', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'reduce-'));
  context.after(() => rm(folder, { recursive: true }));
  const old = () => oldCopy({ every: 10, behindMs: 300 });
  const scenario = {
    ...{ title: 'A node that answers from its own copy', question: 'Is it found?', workload: 'registers' },
    ...{ workers: 4, client: { rate: 120, keys: 4 } },
    fault: { kind: 'pause', target: 'follower', inject_at: 2, lift_at: 4 },
  };
  const first = trialOf(await onlyRun(await collectBehindProxies(folder, scenario, 8, old)));
  assert.equal(first.scenario.faults?.length, 1);
  const run = async (trial: Trial) =>
    isInvalid(await collectBehindProxies(folder, trial.scenario, trial.durationS, old));
  const { trial, runs } = await reduce(first, run, { tries: 2, mostRuns: 8 });
  assert.ok(trial, `nothing was wrong in ${runs} runs`);
  assert.equal(trial.scenario.faults, undefined, 'it is not the fault that does it');
  assert.ok(trial.durationS <= 4, `${trial.durationS} s`);
  const text = await readFile(await writeScenario(folder, trial), 'utf8');
  assert.match(text, new RegExp(`at_least_s: ${trial.durationS}`));
});
