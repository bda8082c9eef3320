import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Dataset } from '../dataset/open.js';
import { writeClientCampaign } from '../testing/made-up-client-campaign.js';
import { ingestInto } from '../testing/made-up-dataset.js';
import { openDataset } from './core/open.js';
import { clientImpacts } from './derived/client-impact.js';
import { clientLatency } from './derived/client-latency.js';
import { clientOutcomes } from './derived/client-outcomes.js';
import { serviceOverTime } from './derived/client-service.js';
import { clientVerdicts } from './derived/client-verdicts.js';
import { recoveries } from './derived/recovery.js';

let folder: string;
let data: Dataset;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'client-results-'));
  writeClientCampaign(join(folder, 'in'));
  await ingestInto(folder, join(folder, 'data'));
  data = await openDataset(join(folder, 'data'));
});
after(() => {
  data?.close();
  rmSync(folder, { recursive: true, force: true });
});

const close = (found: number | null, expected: number, within = 1e-6) =>
  assert.ok(found !== null && Math.abs(found - expected) <= within, `${found} is not ${expected}`);

test('in each second offered is what succeeded, failed, is unknown or was dropped', async () => {
  const rows = await data.query(
    'SELECT * FROM service WHERE offered <> ok + fail + unknown + dropped OR within_100ms > within_1s OR within_1s > ok',
  );
  assert.deepEqual(rows, []);
  const after = await data.query('SELECT * FROM service WHERE second NOT BETWEEN 0 AND 19');
  assert.deepEqual(after, [], 'reads that follow a workload are none of its service');
  const [pause] = (await serviceOverTime(data)).filter(({ scenario }) => scenario === 'pause-leader');
  assert.equal(pause!.fault_s, 5);
  assert.equal(pause!.lift_s, 11);
  assert.deepEqual(
    pause!.seconds.map(({ served }) => served.value),
    // from 5 to 9 s nothing is answered, but who was due in the last of them waits for 1 s at most: one read 1.001 s
    [100, 100, 100, 100, 100, 0, 0, 0, 99, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100],
  );
  assert.deepEqual(pause!.seconds[5]!.lost.value, 2);
  assert.deepEqual(pause!.seconds[5]!.late.value, 98);
});

test('a wait is told from when an operation was due, and from when it was sent', async () => {
  const found = (await clientLatency(data, [0.5, 1])).filter(({ scenario }) => scenario === 'pause-leader');
  const of = (kind: string, since: string, share: number) =>
    found.find((one) => one.kind === kind && one.since === since && one.share === share)!.time_ms.value;
  close(of('read', 'due', 1), 4001);
  close(of('read', 'sent', 1), 1);
  close(of('write', 'sent', 1), 5);
  // 300 reads in the fault's 6 s: 200 wait from 4 s down to 0.02 s, then 100 take 1 ms
  close(of('read', 'due', 0.5), 1021, 25);
});

test('a closed loop hides what an open one shows', async () => {
  const found = await clientLatency(data, [0.5, 0.99]);
  const reads = (scenario: string) =>
    found.find((one) => one.scenario === scenario && one.kind === 'read' && one.since === 'due')!;
  assert.ok(reads('pause-leader').time_ms.value > 1000);
  assert.ok(reads('pause-leader-closed').time_ms.value < 10);
});

test('the phases of a recovery are told from the fault; what the lift ended is censored', async () => {
  const pauses = (await recoveries(data)).find(({ scenario }) => scenario === 'pause-leader')!;
  const half = (phase: string) =>
    pauses.phases.find((one) => one.phase === phase)!.steps.find(({ share }) => share >= 0.5)!.time;
  close(half('leader_lost_s'), 0.5);
  close(half('new_leader_s'), 2);
  close(half('first_read_s'), 4.001);
  close(half('first_write_s'), 4.005);
  close(half('back_s'), 3);
  assert.equal(pauses.unknown_writes, 6);
  close(pauses.longest_wait_s, 4.001);
  const long = (await recoveries(data)).find(({ scenario }) => scenario === 'pause-leader-long')!;
  const write = long.phases.find(({ phase }) => phase === 'first_write_s')!;
  assert.deepEqual(write.waits, [
    { time: 4, censored: true },
    { time: 4, censored: true },
  ]);
  assert.deepEqual(write.steps, []);
});

test('in a closed loop nobody says when all was served again, since it has nothing due while it waits', async () => {
  const closed = (await recoveries(data)).find(({ scenario }) => scenario === 'pause-leader-closed')!;
  const waits = (name: string) => closed.phases.find(({ phase }) => phase === name)!.waits;
  assert.deepEqual(waits('back_s'), []);
  assert.equal(waits('first_write_s').length, 3);
});

test('a fault is compared with the same seconds of runs without one', async () => {
  const rows = await data.query<{ run_id: string; from_s: number; to_s: number; offered: number }>(
    `SELECT run_id, from_s, to_s, offered::DOUBLE AS offered FROM client_windows
     WHERE kind = 'write' AND run_id IN ('baseline-t1', 'pause-leader-t1') ORDER BY ALL`,
  );
  // as long as the pause, the crash, the throttled disk and the delays of the sweep that it is long enough for
  const spans = rows
    .filter(({ run_id }) => run_id === 'baseline-t1')
    .map(({ from_s, to_s }) => [from_s, to_s]);
  assert.deepEqual(spans, [
    [4, 8],
    [4, 14],
    [5, 9],
    [5, 11],
    [5, 20],
  ]);
  for (const { from_s, to_s, offered } of rows) assert.equal(offered, (to_s - from_s) * 50);
  assert.deepEqual(
    rows.filter(({ run_id }) => run_id === 'pause-leader-t1').map(({ from_s, to_s }) => [from_s, to_s]),
    [[5, 11]],
  );
});

test('what a fault costs is told of reads and writes apart, and within blocks', async () => {
  const all = await clientImpacts(data);
  const of = (scenario: string, kind: string) =>
    all.find((one) => one.scenario === scenario && one.kind === kind)!;
  const slow = of('disk-throttle-follower', 'write');
  close(slow.times.p99_due_ms.ratio!.value, 12 / 5, 1e-3);
  close(slow.times.p50_sent_ms.ratio!.value, 12 / 5, 1e-3);
  close(slow.served.value, 1, 1e-3);
  // of 300 writes in 6 s, those of the last of 4 s without an answer wait for less than one
  const paused = of('pause-leader', 'write');
  close(paused.shares!.within_1s.difference.value, -150 / 300, 1e-9);
  close(paused.shares!.within_1s.with_fault, 0.5);
  assert.equal(of('pause-leader-closed', 'write').shares, null);
  const full = of('quorum-lost', 'write');
  assert.ok(full.none_served);
  assert.equal(full.served.value, 0);
  assert.deepEqual([full.times.p50_due_ms.ratio, full.times.p50_due_ms.unserved], [null, 2]);
});

test('a fault matters to writes, does not matter, or it is undecided, by margins', async () => {
  const words = (await clientVerdicts(data, 'write')).map(({ impact, verdict }) => [
    impact.scenario,
    verdict,
  ]);
  assert.deepEqual(Object.fromEntries(words), {
    'crash-leader': 'matters',
    'disk-throttle-follower': 'matters',
    'network-delay-follower': 'does not matter',
    'network-delay-follower-far': 'undecided',
    'pause-leader': 'matters',
    'pause-leader-long': 'matters',
    'quorum-lost': 'matters',
  });
});

test('what became of operations that were due during a fault adds up', async () => {
  const all = await clientOutcomes(data);
  for (const { shares } of all)
    close(
      Object.values(shares).reduce((sum, { value }) => sum + value, 0),
      1,
    );
  const full = all.find(({ scenario, kind }) => scenario === 'quorum-lost' && kind === 'write')!;
  assert.equal(full.shares.unknown.value, 1);
  const paused = all.find(({ scenario, kind }) => scenario === 'pause-leader' && kind === 'write')!;
  // 2 of 300 writes are never answered, and 150 succeed within 1 s
  close(paused.shares.unknown.value, 2 / 300);
  close(paused.shares.within_100ms.value + paused.shares.within_1s.value, 0.5);
});
