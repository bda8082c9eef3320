import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../src/common/paths.js';
import { CAPTURE, type Manifest } from './capture/format.js';
import { localEngine } from './docker/api.js';

const engine = localEngine();
const NAME = `test-collect-${process.pid}`;
const CLI = packagePath('dist', 'src', 'cli', 'main.js');
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collect-'));
});
after(() => rm(folder, { recursive: true }));

function collect(...args: string[]) {
  const out = join(folder, 'campaign');
  return execa(process.execPath, [CLI, 'collect', '--name', NAME, '--out', out, ...args], {
    reject: false,
    all: true,
    forceKillAfterDelay: false,
  });
}

async function leftBehind(): Promise<string[]> {
  const filter = encodeURIComponent(JSON.stringify({ label: [`dqlite-reliability.campaign=${NAME}`] }));
  const containers = await engine.call<{ Id: string }[]>('GET', `/containers/json?all=1&filters=${filter}`);
  const networks = await engine.call<{ Id: string }[]>('GET', `/networks?filters=${filter}`);
  return [...containers, ...networks].map(({ Id }) => Id);
}

async function manifestOf(run: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'campaign', 'captures', run, CAPTURE.manifest), 'utf8'));
}

test('Ctrl-C in the middle of a campaign leaves no container, and --resume ends what it began', async () => {
  const args = ['2022/slow-cpu-follower', '2022/crash-follower', '--duration', '10', '--workers', '2'];
  const stopped = collect(...args);
  const running = async () => (await leftBehind()).length === 4;
  for (let i = 0; i < 600 && !(await running()); i++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  stopped.kill('SIGINT');
  const first = await stopped;
  assert.equal(first.exitCode, 130, first.all);
  assert.match(first.all, /continue with --resume/);
  assert.deepEqual(await leftBehind(), []);

  const again = await collect(...args);
  assert.equal(again.exitCode, 1);
  assert.match(again.all, /holds a campaign already: continue it with --resume/);

  const resumed = await collect('--resume');
  assert.equal(resumed.exitCode, 0, resumed.all);
  // a busy machine may have made an attempt fail, which is kept beside the run
  const captures = (await readdir(join(folder, 'campaign', 'captures'))).filter(
    (name) => !/-a\d+$/.test(name),
  );
  assert.deepEqual(captures.sort(), ['crash-follower-w02-t1', 'slow-cpu-follower-0.25cpus-w02-t1']);
  assert.deepEqual(await leftBehind(), []);
});

test('each worker’s 100 writes are found as rows', async () => {
  const { run, files } = await manifestOf('slow-cpu-follower-0.25cpus-w02-t1');
  assert.equal(run.status, 'complete');
  assert.equal(run.rows_found, 200);
  assert.equal(files.filter(({ path }) => path.startsWith(CAPTURE.results)).length, 4);
  assert.ok(existsSync(join(folder, 'campaign', 'captures', run.run_id, CAPTURE.samples)));
});

test('an unknown scenario is answered with the ones that exist', async () => {
  const { exitCode, all } = await collect('crash-leadr');
  assert.equal(exitCode, 1);
  assert.match(all, /unknown scenario: crash-leadr \(did you mean crash-leader\?\)/);
  assert.doesNotMatch(all, /\bat .*\.js:/);
});
