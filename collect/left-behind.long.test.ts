import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { packagePath } from '../src/common/paths.js';
import { randomFrom } from '../src/common/random.js';
import { leftBehind, machineState } from '../src/testing/machine-state.js';

const CLI = packagePath('dist', 'src', 'cli', 'main.js');
const INSTANTS = 10;
const random = randomFrom(Number(process.env['SEED'] ?? 1));

/** Between them they use all that faults are made of: rules, queues, control groups, traced processes, file systems, burners. */
const SCENARIOS = {
  compose: [
    ...['network-delay-leader', 'network-cut-follower', 'network-rate-leader', 'disk-slow-follower'],
    ...['disk-full-follower', 'power-cut', 'cpu-contention', 'pause-leader', 'join'],
  ],
  process: ['disk-full-follower', 'power-cut', 'cpu-contention', 'cpu-limit-leader', 'pause-leader', 'join'],
};

for (const runtime of ['compose', 'process'] as const) {
  test(`${runtime}: of ${INSTANTS} campaigns killed at random instants, and ended with Ctrl-C at others, nothing is left`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'left-behind-'));
    t.after(() => rm(folder, { recursive: true }));
    const name = `test-left-${runtime}-${process.pid}`;
    const args = [
      ...SCENARIOS[runtime],
      '--runtime',
      runtime,
      '--within',
      '8',
      '--rate',
      '60',
      '--trials',
      '9',
    ];
    const begin = () => {
      const begun = existsSync(join(folder, 'campaign.json'));
      const more = begun ? ['--resume'] : args;
      return execa(process.execPath, [CLI, 'collect', '--name', name, '--out', folder, ...more], {
        reject: false,
        all: true,
      });
    };
    const before = await machineState();
    for (let instant = 0; instant < INSTANTS; instant++) {
      const killed = begin();
      await sleep(2000 + random() * 12_000);
      killed.kill('SIGKILL');
      await killed;
      const next = begin();
      await sleep(5000 + random() * 10_000);
      next.kill('SIGINT');
      const { all, exitCode } = await next;
      assert.notEqual(exitCode, 0, all);
      assert.deepEqual(leftBehind(before, await machineState()), [], all);
    }
  });
}
