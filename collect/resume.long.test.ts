import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../src/common/paths.js';
import { randomFrom } from '../src/common/random.js';
import { CAPTURE, type Manifest } from './capture/format.js';
import { localEngine } from './docker/api.js';

const engine = localEngine();
const NAME = `test-resume-${process.pid}`;
const CLI = packagePath('dist', 'src', 'cli', 'main.js');
const KILLS = 20;
const random = randomFrom(Number(process.env['SEED'] ?? 1));

test(`a campaign killed at ${KILLS} random instants ends with the runs of one left alone`, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'resume-'));
  t.after(() => rm(folder, { recursive: true }));
  const args = [
    '2022/slow-cpu-follower',
    '2022/memory-follower',
    '--duration',
    '3',
    '--workers',
    '2',
    '--trials',
    '2',
  ];
  const begin = (...more: string[]) =>
    execa(process.execPath, [CLI, 'collect', '--name', NAME, '--out', folder, ...more], {
      reject: false,
      all: true,
    });
  for (let kill = 0; kill < KILLS; kill++) {
    // killed before it wrote its plan, a campaign has not begun
    const begun = existsSync(join(folder, 'campaign.json'));
    const campaign = begin(...(begun ? ['--resume'] : args));
    await new Promise((resolve) => setTimeout(resolve, 1000 + random() * 9000));
    campaign.kill('SIGKILL');
    await campaign;
  }
  const last = await begin('--resume');
  assert.equal(last.exitCode, 0, last.all);

  const plan = JSON.parse(await readFile(join(folder, 'campaign.json'), 'utf8'));
  const expected = plan.runs.map(({ run_id }: { run_id: string }) => run_id).sort();
  assert.deepEqual((await readdir(join(folder, 'captures'))).sort(), expected);
  for (const run of expected) await assertWhole(join(folder, 'captures', run));

  const filter = encodeURIComponent(JSON.stringify({ label: [`dqlite-reliability.campaign=${NAME}`] }));
  assert.deepEqual(await engine.call('GET', `/containers/json?all=1&filters=${filter}`), []);
  assert.deepEqual(await engine.call('GET', `/networks?filters=${filter}`), []);
});

async function assertWhole(capture: string): Promise<void> {
  const manifest: Manifest = JSON.parse(await readFile(join(capture, CAPTURE.manifest), 'utf8'));
  assert.equal(manifest.run.status, 'complete', manifest.run.status_reason ?? '');
  for (const { path, sha256 } of manifest.files) {
    const bytes = await readFile(join(capture, path));
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, path);
  }
}
