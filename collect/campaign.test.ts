import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Script } from '../src/testing/scripted-cluster.js';
import { ScriptedRuntime } from '../src/testing/scripted-runtime.js';
import { type Campaign, campaignPaths, needsOf, runCampaign } from './campaign.js';
import { CAPTURE, type Manifest } from './capture/format.js';
import { planCampaign } from './plan.js';
import { parseScenario } from './scenario.js';

const gone = new Error('the engine is gone');
const broken: Script = { results: false };

function campaignOf(trials: number, fault?: object): Campaign {
  const text = { title: 't', question: 'q', workload: 'kvreadwrite', workers: 2, driver: 'follower', fault };
  const scenarios = [parseScenario(JSON.stringify(text), 'run.yml')];
  const runs = planCampaign({ scenarios, releases: ['trixie'], trials, durationS: 10, seed: 1 });
  return { name: 'test', seed: 1, created_at: '', runtime: 'process', runs };
}

interface Asked {
  campaign?: Campaign;
  repeatDisturbed?: boolean;
  folder?: string;
  signal?: AbortSignal;
  reaches?: (captures: string) => Promise<number[]>;
}

/** Makes a campaign of one run, unless another is given, whose clusters play these scripts in turn. */
async function make(t: TestContext, scripts: (Script | Error)[], asked: Asked = {}) {
  const folder = asked.folder ?? (await mkdtemp(join(tmpdir(), 'campaign-')));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const runtime = new ScriptedRuntime(scripts);
  const notes: string[] = [];
  const progress = { begin() {}, start() {}, done() {}, skip() {}, note: notes.push.bind(notes), end() {} };
  const { campaign = campaignOf(1), repeatDisturbed = false } = asked;
  const signal = asked.signal ?? new AbortController().signal;
  const run = { surroundings: runtime.surroundings };
  const reaches = asked.reaches ?? (async () => []);
  const options = { runtime, retries: 2, repeatDisturbed, progress, signal, run, reaches };
  const work = runCampaign(campaign, folder, options);
  return { folder, runtime, notes, work: runtime.clock.during(work) };
}

const names = async (folder: string) => (existsSync(folder) ? (await readdir(folder)).sort() : []);

async function manifestOf(folder: string, run: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(campaignPaths(folder).captures, run, CAPTURE.manifest), 'utf8'));
}

test('a client of another release than the nodes is made ready, too, and its capacity is measured for itself', () => {
  const text = { title: 't', question: 'q', workload: 'registers', workers: 2, client: { release: 'sid' } };
  const other = parseScenario(JSON.stringify(text), 'other.yml');
  const same = parseScenario(JSON.stringify({ ...text, client: {} }), 'same.yml');
  const planned = { scenarios: [same, other], releases: ['bookworm'], trials: 1, durationS: 10, seed: 1 };
  const campaign = { ...campaignOf(1), runs: planCampaign(planned) };
  assert.deepEqual(needsOf(campaign).releases, ['bookworm', 'sid']);
  assert.equal(campaign.runs.filter(({ calibrates }) => calibrates).length, 2);
});

test('what a node is upgraded to is made ready, too', () => {
  const [run] = campaignOf(1, { kind: 'upgrade', target: 'follower', inject_at: 1 }).runs;
  const campaign = { ...campaignOf(1), runs: [{ ...run!, release: 'bookworm' }] };
  assert.deepEqual(needsOf(campaign).releases, ['bookworm', 'trixie']);
});

test('every run of a campaign leaves a capture', async (t) => {
  const { folder, work } = await make(t, [{}], { campaign: campaignOf(3) });
  const { made, failed, unconfirmed, disturbed } = await work;
  assert.deepEqual(
    { made, failed, unconfirmed, disturbed },
    { made: 3, failed: [], unconfirmed: [], disturbed: [] },
  );
  const { captures } = campaignPaths(folder);
  assert.deepEqual(await names(captures), ['run-w02-t1', 'run-w02-t2', 'run-w02-t3']);
});

test('where that is asked for, blocks are made until ratios are sure enough, also after a stop', async (t) => {
  const campaign = { ...campaignOf(8), until: { reach: 0.1, first: 3, most: 8 } };
  const looks: number[] = [];
  const reaches = async (captures: string) => {
    looks.push((await names(captures)).length);
    return [0.5 / looks.at(-1)!];
  };
  const { folder, work, notes } = await make(t, [{}], { campaign, reaches });
  assert.equal((await work).made, 5);
  assert.deepEqual(looks, [3, 4, 5]);
  assert.match(notes.at(-1)!, /after 5 blocks the widest of 1 intervals reaches 10 % of the baseline/);
  const { made, skipped } = await (await make(t, [{}], { campaign, reaches, folder })).work;
  assert.deepEqual({ made, skipped }, { made: 0, skipped: 3 });
  const never = { campaign, reaches: async () => [1] };
  assert.equal((await (await make(t, [{}], never)).work).made, 8);
});

test('a run that failed is tried again, and its attempts are kept, marked', async (t) => {
  const { folder, notes, work } = await make(t, [broken, broken, {}]);
  assert.equal((await work).failed.length, 0);
  const attempts = ['run-w02-t1-a1', 'run-w02-t1-a2'];
  assert.deepEqual(await names(campaignPaths(folder).captures), ['run-w02-t1', ...attempts]);
  for (const name of attempts) {
    const { run_id, repeated, status } = (await manifestOf(folder, name)).run;
    assert.deepEqual([run_id, repeated, status], [name, true, 'failed']);
  }
  assert.equal((await manifestOf(folder, 'run-w02-t1')).run.repeated, false);
  assert.equal((await manifestOf(folder, 'run-w02-t1')).run.status, 'complete');
  assert.equal(notes.filter((note) => note.includes('left no results; trying again')).length, 2);
});

test('after the last attempt the failure is the capture', async (t) => {
  const { folder, runtime, work } = await make(t, [broken]);
  assert.deepEqual((await work).failed, [{ run_id: 'run-w02-t1', reason: 'the driver left no results' }]);
  assert.equal(runtime.clusters.length, 3);
  const { status, failure } = (await manifestOf(folder, 'run-w02-t1')).run;
  assert.deepEqual([status, failure], ['failed', 'no_results']);
});

test('a driver that was killed for memory is a finding, which is not tried again', async (t) => {
  const { runtime, work } = await make(t, [{ driver: { afterMs: 5000, code: 137, killedForMemory: true } }]);
  assert.match((await work).failed[0]!.reason, /killed for memory/);
  assert.equal(runtime.clusters.length, 1);
});

test('what a hiccup of the engine left is removed before the next attempt', async (t) => {
  for (const hiccup of [gone, { failing: { startBurners: gone } }] satisfies (Script | Error)[]) {
    const fault = { kind: 'cpu-contention', target: 'leader', severity: 1, inject_at: 1 };
    const { runtime, work } = await make(t, [hiccup, {}], { campaign: campaignOf(1, fault) });
    assert.equal((await work).failed.length, 0);
    assert.equal(runtime.cleanings, 2, 'at the start and after the hiccup');
  }
});

test('an engine that stays gone ends the campaign, whose finished runs are kept', async (t) => {
  const { folder, work } = await make(t, [{}, gone], { campaign: campaignOf(2) });
  await assert.rejects(work, /run-w02-t2 could not be made: the engine is gone\n.*continue with --resume/s);
  const finished = (await names(campaignPaths(folder).captures)).filter((name) => !name.endsWith('.tmp'));
  assert.deepEqual(finished, ['run-w02-t1', 'run-w02-t2-a1', 'run-w02-t2-a2']);
  const resumed = await make(t, [{}], { campaign: campaignOf(2), folder });
  const { made, skipped } = await resumed.work;
  assert.deepEqual({ made, skipped }, { made: 1, skipped: 1 });
});

test('runs that others disturbed are told, and repeated where that is asked for', async (t) => {
  const disturbed: Script = { others: 0.2 };
  const told = await make(t, [disturbed, {}]);
  assert.deepEqual(
    (await told.work).disturbed.map(({ run_id }) => run_id),
    ['run-w02-t1'],
  );
  const again = await make(t, [disturbed, {}], { repeatDisturbed: true });
  assert.deepEqual((await again.work).disturbed, []);
  assert.match(again.notes.join(), /was disturbed: others used 20 % of the host's CPU; trying again/);
  const always = await make(t, [disturbed], { repeatDisturbed: true });
  assert.equal((await always.work).disturbed.length, 1);
  assert.equal(always.runtime.clusters.length, 3);
});

test('a fault without evidence is told, and not tried again', async (t) => {
  const fault = { kind: 'cpu-limit', target: 'follower', severity: 0.5, inject_at: 1 };
  const { runtime, work } = await make(t, [{ effective: false }], { campaign: campaignOf(1, fault) });
  assert.deepEqual((await work).unconfirmed, ['run-0.5cpus-w02-t1']);
  assert.equal(runtime.clusters.length, 1);
});

test('a campaign that was stopped goes on where it was, attempts counted', async (t) => {
  const controller = new AbortController();
  const reason = new Error('stopped by SIGINT');
  const stop: Script = { at: [[5000, () => controller.abort(reason)]] };
  const first = await make(t, [{}, broken, stop], { campaign: campaignOf(2), signal: controller.signal });
  await assert.rejects(first.work, reason);
  const { captures } = campaignPaths(first.folder);
  await mkdir(join(captures, 'run-w02-t2.1.tmp'), { recursive: true });
  const second = await make(t, [broken], { campaign: campaignOf(2), folder: first.folder });
  const { made, skipped, failed } = await second.work;
  assert.deepEqual({ made, skipped, failed: failed.length }, { made: 1, skipped: 1, failed: 1 });
  assert.equal(second.runtime.clusters.length, 2, 'one of three attempts was made before');
  const attempts = ['run-w02-t2-a1', 'run-w02-t2-a2'];
  assert.deepEqual(await names(captures), ['run-w02-t1', 'run-w02-t2', ...attempts]);
});

test('a fault that cannot be made here is refused before anything runs', async (t) => {
  const fault = { kind: 'cpu-limit', target: 'follower', severity: 0.5, inject_at: 1 };
  const folder = await mkdtemp(join(tmpdir(), 'campaign-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const runtime = new ScriptedRuntime([{}]);
  runtime.lacking = { 'cpu-limit': 'no control groups' };
  const progress = { begin() {}, start() {}, done() {}, skip() {}, note() {}, end() {} };
  const { signal } = new AbortController();
  const work = runCampaign(campaignOf(1, fault), folder, { runtime, retries: 0, progress, signal });
  await assert.rejects(work, /cannot run here:\n\s+cpu-limit needs cpu-limit: no control groups/);
  assert.equal(runtime.clusters.length, 0);
});
