import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { until } from '../collect/observe/clock.js';
import { processesWith } from '../collect/observe/process.js';
import { hostRelease, MARK, processFolder } from '../collect/runtimes/process.js';
import { packagePath } from './common/paths.js';
import { ingest } from './ingest/ingest.js';
import { openDataset } from './results/core/open.js';

const NAME = `test-process-${process.pid}`;
const CLI = packagePath('dist', 'src', 'cli', 'main.js');
const ARGS = [
  '2022/slow-cpu-follower',
  '2022/crash-follower',
  '--runtime',
  'process',
  '--duration',
  '6',
  '--workers',
  '2',
];
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collect-'));
});
after(() => rm(folder, { recursive: true }));

function collect(...args: string[]) {
  const all = ['collect', '--name', NAME, '--out', join(folder, 'campaign'), ...args];
  return execa(process.execPath, [CLI, ...all], { reject: false, all: true, forceKillAfterDelay: false });
}

const nodes = () => processesWith(MARK, NAME);

/** Starts a campaign and ends its collector with a signal as soon as its three nodes run. */
async function stopped(signal: 'SIGINT' | 'SIGKILL', args: string[]) {
  const campaign = collect(...args);
  assert.ok(await until(() => nodes().length === 3 || undefined, { everyMs: 20, forMs: 120_000 }));
  campaign.kill(signal);
  return campaign;
}

function assertNothingLeft(): void {
  assert.deepEqual(nodes(), []);
  assert.equal(existsSync(processFolder(NAME)), false);
  for (const tree of ['', 'cpu', 'cpuacct', 'memory', 'blkio']) {
    assert.equal(existsSync(join('/sys/fs/cgroup', tree, `dqlite-reliability-${NAME}`)), false);
  }
}

test('another release than the machine’s own is refused, and nothing is begun', async () => {
  const { exitCode, all } = await collect(...ARGS, '--releases', 'no-such-release');
  assert.equal(exitCode, 1);
  assert.match(all, new RegExp(`which is ${hostRelease()}: it cannot run no-such-release`));
  assert.equal(existsSync(join(folder, 'campaign')), false);
});

test('Ctrl-C in the middle of a run leaves no process, folder or control group', async () => {
  const { exitCode, all } = await stopped('SIGINT', ARGS);
  assert.equal(exitCode, 130, all);
  assert.match(all, /continue with --resume/);
  assertNothingLeft();
});

test('the campaign goes on in its own runtime only', async () => {
  const { exitCode, all } = await collect('--resume', '--runtime', 'compose');
  assert.equal(exitCode, 1);
  assert.match(all, /was begun in the process runtime, so it cannot go on in compose/);
});

test('what a killed collector left is removed at the next start, a stranger’s process is not', async (t) => {
  const stranger = execa('sleep', ['600'], { env: { [MARK]: `${NAME}-2` }, reject: false });
  t.after(() => stranger.kill());
  await stopped('SIGKILL', ['--resume']);
  assert.equal(nodes().length, 3);

  const { exitCode, all } = await collect('--resume');
  assert.equal(exitCode, 0, all);
  assert.match(all, /removed process \d+, left by an earlier campaign/);
  assertNothingLeft();
  assert.equal(stranger.exitCode, null);
});

test('its captures become a dataset that names the runtime', async () => {
  const captures = join(folder, 'campaign', 'captures');
  await ingest({ paths: [captures], out: join(folder, 'dataset') });
  const data = await openDataset(join(folder, 'dataset'));
  try {
    // a run that failed is kept, and was made again
    const runs = await data.query<{ status: string }>("SELECT status FROM runs WHERE status <> 'failed'");
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['complete', 'complete'],
    );
    const found = await data.query(
      `SELECT fault, runtime, debian_release, image_id, docker_version, dqlite_version IS NOT NULL AS versioned,
         acknowledged_writes::INT AS acknowledged, rows_found::INT AS found, count(operations.run_id) > 1000 AS busy
       FROM runs JOIN operations USING (run_id) WHERE fault = 'crash' GROUP BY ALL`,
    );
    const expected = { fault: 'crash', runtime: 'process', debian_release: hostRelease() };
    const counted = { image_id: null, docker_version: null, versioned: true, acknowledged: 200, found: 200 };
    assert.deepEqual(found, [{ ...expected, ...counted, busy: true }]);
  } finally {
    data.close();
  }
});
