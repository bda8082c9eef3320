import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { campaignPaths } from '../collect/campaign.js';
import { CAPTURE, type Manifest } from '../collect/capture/format.js';
import { packagePath } from './common/paths.js';
import { hostsBed } from './testing/hosts-bed.js';
import { lateness } from './testing/lateness.js';
import { percentile } from './testing/verdict.js';
import { clockErrorMs } from './vocabulary/clock-words.js';

const CLI = packagePath('dist', 'src', 'cli', 'main.js');
const NAME = `test-host-killed-${process.pid}`;
const MOST_S = 180;
const MOST_LATE_MS = 100;

const run = (...args: string[]) => execa(process.execPath, [CLI, ...args], { reject: false, all: true });

test('hosts are made ready by one command, and another says what each has', async (t) => {
  const bed = await hostsBed();
  t.after(() => bed.down());
  const before = await run('hosts', 'check', bed.file);
  assert.equal(before.all.match(/^ {2}image +missing: npm run hosts -- prepare/gm)?.length, 4, before.all);
  const prepared = await run('hosts', 'prepare', bed.file);
  assert.equal(prepared.exitCode, 0, prepared.all);
  const { all, exitCode } = await run('hosts', 'check', bed.file);
  assert.equal(exitCode, 0, all);
  for (const line of [
    /^ {2}image +there$/gm,
    /^ {2}disk +\d+\.\d GiB free of \d+\.\d GiB$/gm,
    /^ {2}clock +-?\d/gm,
  ])
    assert.equal(all.match(line)?.length, 4, `${line}\n${all}`);
});

test('a campaign on hosts: faults are on time, and its dataset gives the figures that one of this machine gives', async (t) => {
  const bed = await hostsBed();
  t.after(() => bed.down());
  const folder = await mkdtemp(join(tmpdir(), 'on-hosts-'));
  t.after(() => rm(folder, { recursive: true }));
  const scenarios = ['baseline', 'crash-leader', 'pause-leader', 'network-cut-leader', 'cpu-limit-leader'];
  const collect = async (where: string, ...args: string[]) => {
    const out = join(folder, where);
    const name = `test-${where}-${process.pid}`;
    const made = await run(
      'collect',
      ...scenarios,
      '--within',
      '10',
      '--rate',
      '60',
      '--name',
      name,
      '--out',
      out,
      ...args,
    );
    assert.equal(made.exitCode, 0, made.all);
  };
  await collect('hosts', '--hosts', bed.file, '--trials', '3');
  await collect('compose', '--trials', '2');

  const lateByRun = await lateness(join(folder, 'hosts'), join(folder, 'hosts-dataset'));
  const late = [...lateByRun.values()];
  assert.ok(late.length >= 12, `${late.length} faults`);
  const events = await readFile(join(folder, 'hosts-dataset', 'events.csv'), 'utf8');
  const errors = [...events.matchAll(/-?[\d.]+ ms ahead, known to [\d.]+ ms/g)].map(
    ([said]) => clockErrorMs(said)!,
  );
  const latest = percentile(late, 0.95) - Math.max(...errors);
  const each = [...lateByRun].map(([run, ms]) => `${run}: ${ms.toFixed(0)} ms`).join('; ');
  assert.ok(latest <= MOST_LATE_MS, `95 % of the faults within ${latest.toFixed(0)} ms; ${each}`);
  t.diagnostic(each);

  await lateness(join(folder, 'compose'), join(folder, 'compose-dataset'));
  const drawn = async (where: string) => {
    const out = join(folder, `${where}-figures`);
    const made = await run('figures', '--data', join(folder, `${where}-dataset`), '--out', out);
    assert.equal(made.exitCode, 0, made.all);
    return (await readdir(out)).filter((name) => name.endsWith('.svg')).sort();
  };
  const onHosts = await drawn('hosts');
  assert.ok(onHosts.includes('recovery.svg'), onHosts.join());
  assert.deepEqual(onHosts, await drawn('compose'));
});

test('a host that dies amid a campaign costs no run, and once it is back none is made twice', async (t) => {
  const bed = await hostsBed();
  t.after(() => bed.down());
  const folder = await mkdtemp(join(tmpdir(), 'host-killed-'));
  t.after(() => rm(folder, { recursive: true }));
  const { plan, captures } = campaignPaths(folder);
  const collect = (...args: string[]) =>
    run('collect', '--hosts', bed.file, '--name', NAME, '--out', folder, ...args);
  const runsIn = async () => (existsSync(captures) ? readdir(captures) : []);

  const campaign = collect('pause-follower', 'baseline', '--trials', '2', '--within', '6', '--rate', '50');
  for (let s = 0; s < MOST_S; s++) {
    const names = await runsIn();
    if (names.length >= 2 && names.some((name) => name.endsWith('.tmp'))) break;
    await sleep(1000);
  }
  await sleep(4000); // its cluster is up by then
  await bed.kill(2);
  const stopped = await campaign;
  assert.notEqual(stopped.exitCode, 0, 'the campaign did not notice');
  assert.match(stopped.all, /h2/, 'the host is not named');
  assert.match(stopped.all, /--resume/);
  const before = await manifestsIn(captures);
  const madeBefore = before.filter(({ run }) => !run.repeated);
  assert.ok(madeBefore.length > 0, 'nothing was kept');

  await bed.start(2);
  const resumed = await collect('--resume');
  assert.equal(resumed.exitCode, 0, resumed.all);
  const after = (await manifestsIn(captures)).filter(({ run }) => !run.repeated);
  const planned: { run_id: string }[] = JSON.parse(await readFile(plan, 'utf8')).runs;
  assert.deepEqual(after.map(({ run }) => run.run_id).sort(), planned.map(({ run_id }) => run_id).sort());
  for (const { run } of after) assert.equal(run.status, 'complete', `${run.run_id}: ${run.status_reason}`);
  for (const earlier of madeBefore)
    assert.deepEqual(
      after.find(({ run }) => run.run_id === earlier.run.run_id),
      earlier,
      'made again',
    );
});

async function manifestsIn(captures: string): Promise<Manifest[]> {
  const names = (await readdir(captures)).filter((name) => !name.endsWith('.tmp'));
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(captures, name, CAPTURE.manifest), 'utf8'))),
  );
}
