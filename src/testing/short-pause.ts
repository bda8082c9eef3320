import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { execa } from 'execa';
import { packagePath } from '../common/paths.js';
import { ingest } from '../ingest/ingest.js';
import { openDataset } from '../results/core/open.js';
import { verify } from '../sharing/verify/verify.js';
import type { RuntimeName } from '../vocabulary/runtimes.js';

const CLI = packagePath('dist', 'src', 'cli', 'main.js');
const PAUSE = `title: A short pause
question: Are the operations of a pause recorded with their whole waits?
workload: registers
workers: 4
client: { rate: 60, spacing: uniform }
fault: { kind: pause, target: leader, inject_at: 2, lift_at: 5 }
`;

/** All that was due while the leader of a real cluster was paused is recorded, with its whole wait. */
export async function assertPauseIsRecorded(context: TestContext, runtime: RuntimeName): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'client-'));
  context.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'short-pause.yml'), PAUSE);
  const name = `test-client-${runtime}-${process.pid}`;
  const args = ['--runtime', runtime, '--duration', '8', '--trials', '1', '--name', name];
  const out = join(folder, 'campaign');
  await execa(process.execPath, [CLI, 'collect', join(folder, 'short-pause.yml'), '--out', out, ...args]);

  await ingest({ paths: [join(out, 'captures')], out: join(folder, 'data') });
  assert.deepEqual(await verify(join(folder, 'data')), []);
  const data = await openDataset(join(folder, 'data'));
  context.after(() => data.close());
  const [run] = await data.query(
    'SELECT status, driver_role, fault_confirmed, offered_per_s, rows_found FROM runs',
  );
  assert.deepEqual(run, {
    status: 'complete',
    driver_role: 'client',
    fault_confirmed: true,
    offered_per_s: 60,
    rows_found: null,
  });
  const [all] = await data.query<Record<string, number>>(
    'SELECT sum(offered)::INTEGER AS offered, sum(ok + fail + unknown + dropped)::INTEGER AS accounted FROM service',
  );
  assert.equal(all!['offered'], 480);
  assert.equal(all!['accounted'], 480);
  // what was due a second into the pause was answered after it, or never
  const [hit] = await data.query<{ due: number; quick: number }>(
    `SELECT count(DISTINCT operation)::INTEGER AS due,
       count(DISTINCT operation) FILTER (outcome = 'ok' AND done_ns - intended_ns < 500000000)::INTEGER AS quick
     FROM attempts, (SELECT min(time_ns) AS paused FROM events WHERE event = 'fault_injected')
     WHERE intended_ns BETWEEN paused + 500000000 AND paused + 1500000000`,
  );
  assert.ok(hit!.due >= 55 && hit!.due <= 65, `${hit!.due} operations were due within a second`);
  assert.equal(hit!.quick, 0);
  const [felt] = await data.query<{ longest: number }>('SELECT longest_wait_s AS longest FROM availability');
  assert.ok(felt!.longest > 1.5, `the longest wait was ${felt!.longest} s`);
}
