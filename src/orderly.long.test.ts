import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';
import { packagePath } from './common/paths.js';
import { ingest } from './ingest/ingest.js';
import { openDataset } from './results/core/open.js';
import { RUNTIME_NAMES, RUNTIMES } from './vocabulary/runtimes.js';

const CLI = packagePath('dist', 'src', 'cli', 'main.js');
const SCENARIO = `title: In good order, and not
question: Does each take effect, end, and recover, one after the other?
workload: registers
workers: 4
client: { rate: 60 }
faults:
  - { kind: transfer, target: leader, inject_at: 3, lift_at: 4 }
  - { kind: remove, target: follower, inject_at: 8, lift_at: 12 }
  - { kind: shutdown, target: another, inject_at: 16, lift_at: 20 }
  - { kind: close, target: another, inject_at: 26, lift_at: 28 }
  - { kind: pause, target: follower, inject_at: 48, lift_at: 63, flaps: 3 }
`;

for (const runtime of RUNTIME_NAMES.filter((name) => !('elsewhere' in RUNTIMES[name]))) {
  test(`leadership moves, members come and go, and nodes end in good order, in one run (${runtime})`, async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'orderly-'));
    context.after(() => rm(folder, { recursive: true }));
    const file = join(folder, 'in-good-order.yml');
    await writeFile(file, SCENARIO);
    const name = `test-orderly-${runtime}-${process.pid}`;
    const out = join(folder, 'campaign');
    const args = ['--runtime', runtime, '--duration', '75', '--name', name, '--out', out];
    await execa(process.execPath, [CLI, 'collect', file, ...args]);
    await ingest({ paths: [join(out, 'captures')], out: join(folder, 'data') });
    const data = await openDataset(join(folder, 'data'));
    context.after(() => data.close());
    const [run] = await data.query('SELECT status, fault, target_role, fault_confirmed FROM runs');
    assert.deepEqual(run, {
      ...{ status: 'complete', fault: 'transfer+remove+shutdown+close+pause' },
      ...{ target_role: 'several', fault_confirmed: true },
    });
    const ended = await data.query<{ fault_no: number; steps: string[] }>(
      `SELECT fault_no, list(event ORDER BY time_ns) AS steps FROM events
       WHERE event IN ('fault_injected', 'fault_confirmed', 'fault_lifted', 'recovered') GROUP BY fault_no ORDER BY fault_no`,
    );
    const steps = ['fault_injected', 'fault_confirmed', 'fault_lifted', 'recovered'];
    assert.deepEqual(
      ended.map(({ fault_no, steps }) => [fault_no, steps]),
      [1, 2, 3, 4, 5, 6, 7].map((no) => [no, steps]),
    );
    const codes = await data.query<{ during: number }>(
      "SELECT during FROM evidence WHERE metric = 'exit_code' ORDER BY fault_no",
    );
    assert.deepEqual(
      codes.map(({ during }) => during),
      [0, 0],
      'both ended by themselves',
    );
  });
}
