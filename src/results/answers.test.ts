import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Row } from '../dataset/schema.js';
import { openSynthetic } from '../testing/open-synthetic.js';
import { inOrder, type Plan, plans } from '../testing/synthetic-plans.js';
import { MissingData, type Queryable } from './core/query.js';
import { mainSetting } from './core/setting.js';
import { mainConfigurations } from './derived/configurations.js';
import { impacts } from './derived/impact.js';
import { outcomeShares } from './derived/outcome-shares.js';
import { trials } from './derived/trials.js';
import { outageGroups, outageTrials } from './outages.js';
import { readPercentiles, SHARES } from './percentiles.js';
import { latencyHeat } from './runs/latency-heat.js';
import { nodeUse } from './runs/node-use.js';
import { runByName, typicalRun } from './runs/run.js';
import { bucketWidth, timeline } from './runs/timeline.js';
import { runWindows } from './windows.js';

// Every answer that SQL gives is calculated again here in plain loops over the rows.

let data: Queryable;
let remove: () => Promise<void>;
let runs: Row<'runs'>[];
const byRun = new Map<string, Row<'operations'>[]>();
let events: Row<'events'>[];

before(async () => {
  const keep = [
    'baseline',
    'crash-leader',
    'slow-cpu-leader',
    'slow-cpu-follower',
    'memory-leader',
    'disk-follower',
  ];
  ({ data, remove } = await openSynthetic({
    operations: 60_000,
    keep: (plan) => keep.includes(plan.scenario) && (plan.fault !== 'none' || [1, 9].includes(plan.workers)),
  }));
  runs = await data.query<Row<'runs'>>('SELECT * FROM runs');
  events = await data.query<Row<'events'>>('SELECT * FROM events');
  for (const operation of await data.query<Row<'operations'>>('SELECT * FROM operations'))
    byRun.set(operation.run_id, [...(byRun.get(operation.run_id) ?? []), operation]);
});

after(() => remove?.());

const near = (got: number, wanted: number, what = '') =>
  assert.ok(
    Number.isFinite(wanted) && Math.abs(got - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
    `${what}: ${got}, not ${wanted}`,
  );
const ms = (ns: bigint | null) => Number(ns) / 1e6;
const ok = (run: string) => byRun.get(run)!.filter((one) => one.outcome === 'ok');
const eventTime = (run: string, name: string) =>
  events.find((e) => e.run_id === run && e.event === name)!.time_ns;
const endOf = (one: Row<'operations'>) => one.start_ns + (one.latency_ns ?? 0n);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
/** By nearest rank: the smallest value with at least this share of all at or below it. */
const rank = (values: readonly number[], share: number) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)]!;
};

test('throughput and mean latency of a trial are those of its successful reads', async () => {
  const found = await trials(data);
  assert.ok(found.length > 20);
  for (const trial of found) {
    const reads = ok(trial.run_id).filter((one) => one.op === 'query');
    near(trial.reads_per_s, reads.length / 30, trial.run_id);
    near(trial.read_mean_ms!, sum(reads.map((one) => ms(one.latency_ns))) / reads.length, trial.run_id);
  }
});

test('the steady state of a trial lasts from when its last worker began to read to the end of the workload', async () => {
  for (const trial of await trials(data)) {
    const reads = byRun.get(trial.run_id)!.filter((one) => one.op === 'query');
    const first = new Map<number, bigint>();
    for (const { worker, start_ns } of reads) {
      if (start_ns < (first.get(worker) ?? start_ns + 1n)) first.set(worker, start_ns);
    }
    assert.equal(first.size, trial.workers);
    const from = [...first.values()].reduce((a, b) => (a > b ? a : b));
    const done = eventTime(trial.run_id, 'workload_started') + 30_000_000_000n;
    const within = reads.filter((one) => one.outcome === 'ok' && one.start_ns >= from && endOf(one) <= done);
    const seconds = Number(done - from) / 1e9;
    near(trial.steady_reads_per_s!, within.length / seconds, trial.run_id);
    near(
      trial.steady_read_mean_ms!,
      sum(within.map((one) => ms(one.latency_ns))) / within.length,
      trial.run_id,
    );
  }
});

test('a run whose fault was not confirmed is no trial', async () => {
  const named = (await trials(data)).map((one) => one.scenario);
  assert.ok(runs.some((run) => run.scenario === 'disk-follower'));
  assert.ok(!named.includes('disk-follower'));
});

test('the main setting is the one with the most configurations, of one release alone', async () => {
  const setting = await mainSetting(data);
  assert.deepEqual(
    [setting.debian_release, setting.runtime, setting.campaign],
    ['trixie', 'compose', 'synthetic'],
  );
  const releases = (await mainConfigurations(data)).map((one) => one.debian_release);
  assert.deepEqual([...new Set(releases)], ['trixie']);
});

test('an outage lasts from the fault to the end of the first stretch without a success', async () => {
  const found = (await outageTrials(data)).filter((one) => one.target_role === 'leader');
  assert.equal(found.length, 10);
  for (const trial of found) {
    const hit = eventTime(trial.run_id, 'fault_injected');
    const done = eventTime(trial.run_id, 'workload_started') + 30_000_000_000n;
    const later = ok(trial.run_id)
      .map(endOf)
      .filter((end) => end >= hit);
    const ends = [hit, ...later, done].sort((a, b) => Number(a - b));
    const gaps = ends.slice(1).map((end, i) => ({ end, length: Number(end - ends[i]!) / 1e9 }));
    near(trial.new_leader_s!, Number(eventTime(trial.run_id, 'leader_changed') - hit) / 1e9, trial.run_id);
    near(trial.longest_gap_s, Math.max(...gaps.map((gap) => gap.length)), trial.run_id);
    const first = gaps.find((gap) => gap.length >= 0.25)!;
    near(trial.outage_s, Number(first.end - hit) / 1e9, trial.run_id);
    assert.ok(
      later.some((end) => end < hit + 1_000_000n),
      'no read slipped through while the fault took hold',
    );
    assert.equal(trial.recovered, true);
  }
});

test('an outage that outlasts the run lasted at least so long, and is marked', async () => {
  const made = await openSynthetic({
    operations: 10_000,
    keep: (plan) => plan.scenario === 'crash-leader',
    change: (plan) => (plan.trial === 2 ? { ...plan, outage_s: 60 } : plan),
  });
  try {
    const open = (await outageTrials(made.data)).filter((one) => !one.recovered);
    assert.deepEqual(
      open.map((one) => one.run_id),
      ['crash-leader-bookworm-w9-t2', 'crash-leader-trixie-w9-t2'],
    );
    for (const { outage_s } of open) assert.ok(Math.abs(outage_s - 20) < 0.01);
  } finally {
    await made.remove();
  }
});

test('outages are grouped by release, as long as the plan made them', async () => {
  const found = await outageGroups(data);
  assert.deepEqual(
    found.map((one) => [one.debian_release, one.trials.length]),
    [
      ['bookworm', 5],
      ['trixie', 5],
    ],
  );
  // planned: 5 s and 9 s in the middle trial, and then until the next read starts and ends
  const middle = (i: number) => found[i]!.outage.steps.find(({ share }) => share >= 0.5)!.time;
  assert.ok(Math.abs(middle(0) - 5) < 0.2 && Math.abs(middle(1) - 9) < 0.2);
  assert.ok(found.every(({ outage }) => outage.waits.every(({ censored }) => !censored)));
});

test('a timeline counts what ended in each bucket', async () => {
  const run = await runByName(data, 'crash-leader-trixie-w9-t2');
  assert.deepEqual([run.window!.from_s, run.window!.to_s], [10, 30]);
  const width = 0.5;
  const buckets = await timeline(data, run, width);
  assert.equal(buckets.length, 60);
  const start = BigInt(run.start_ns);
  const counted = byRun.get(run.run_id)!.filter((one) => one.outcome !== 'censored');
  for (const [i, bucket] of buckets.entries()) {
    const inside = counted.filter((one) => Math.floor(Number(endOf(one) - start) / 5e8) === i);
    const good = inside.filter((one) => one.outcome === 'ok').map((one) => ms(one.latency_ns));
    assert.equal(bucket.time_s, i * width);
    near(bucket.ok_per_s, good.length / width);
    near(bucket.errors_per_s, (inside.length - good.length) / width);
    if (good.length === 0) assert.equal(bucket.p50_ms, null);
    else assert.deepEqual([bucket.p50_ms, bucket.p99_ms], [rank(good, 0.5), rank(good, 0.99)]);
  }
  assert.ok(buckets.some((bucket) => bucket.ok_per_s === 0));
});

test('buckets are 1 s at most, and an eighth of a short outage', () => {
  assert.deepEqual([null, 60, 4, 1, 0.01].map(bucketWidth), [1, 1, 0.5, 0.1, 0.02]);
});

/** A run's reads under way between two times, each with what it waited, or at least waited, in ms. */
function readsUnderWay(all: readonly Row<'operations'>[], end: bigint, from: bigint, to: bigint) {
  return all
    .filter((one) => one.op === 'query')
    .map((one) => {
      const next = all
        .filter((other) => other.worker === one.worker && other.start_ns > one.start_ns)
        .reduce((least, other) => (other.start_ns < least ? other.start_ns : least), end);
      return {
        start: one.start_ns,
        end: one.outcome === 'ok' ? endOf(one) : next,
        answered: one.outcome === 'ok',
      };
    })
    .filter((one) => one.start < to && one.end >= from)
    .map((one) => ({ ...one, wait: ms(one.end - one.start) }));
}

/** Reads a second and the 99th percentile of the waits in a run's window, by plain loops. */
function measured(run: string, from_s: number, all = byRun.get(run)!) {
  const start = eventTime(run, 'workload_started');
  const firsts = Array.from({ length: 9 }, (_, worker) =>
    all
      .filter((one) => one.op === 'query' && one.worker === worker)
      .reduce((least, one) => (one.start_ns < least ? one.start_ns : least), start + 30_000_000_000n),
  );
  const planned = start + BigInt(from_s) * 1_000_000_000n;
  const from = [planned, ...firsts].reduce((a, b) => (b > a ? b : a));
  const to = start + 30_000_000_000n;
  const reads = readsUnderWay(all, to, from, to);
  const done = reads.filter((one) => one.answered && one.end < to);
  const seconds = Number(to - from) / 1e9;
  const p99 = rank(
    reads.map((one) => (one.answered ? one.wait : Number.POSITIVE_INFINITY)),
    0.99,
  );
  const known = rank(
    reads.map((one) => one.wait),
    0.99,
  );
  return { seconds, reads_per_s: done.length / seconds, p99, known };
}

const runsOf = (scenario: string, severity: number | null) =>
  runs.filter(
    (run) =>
      run.scenario === scenario &&
      run.severity === severity &&
      run.workers === 9 &&
      run.debian_release === 'trixie',
  );

test('an impact is the ratio of geometric means in the same seconds, of reads alone and after the writes', async () => {
  const found = await impacts(data);
  // each trial of the made-up campaign is a block
  const mean = (values: number[]) => Math.exp(sum(values.map(Math.log)) / values.length);
  for (const [scenario, severity, from_s] of [
    ['crash-leader', null, 10],
    ['slow-cpu-leader', 3, 0],
  ] as const) {
    const hit = runsOf(scenario, severity);
    const one = found.find((other) => other.fault === hit[0]!.fault && other.severity === severity)!;
    // a block that only one of the two is in does not tell them apart
    const baselines = runsOf('baseline', null);
    const inBoth = ({ trial }: { trial: number }) =>
      [hit, baselines].every((some) => some.some((run) => run.trial === trial));
    const [ours, base] = [hit, baselines].map((some) =>
      some.filter(inBoth).map((run) => measured(run.run_id, from_s)),
    );
    near(
      one.throughput.value,
      mean(ours!.map((m) => m.reads_per_s)) / mean(base!.map((m) => m.reads_per_s)),
      scenario,
    );
    const bounds = ours!.map((m) => (Number.isFinite(m.p99) ? m.p99 : m.known));
    near(one.p99!.value, mean(bounds) / mean(base!.map((m) => m.p99)), scenario);
    assert.equal(one.throughput.trials, hit.length);
    assert.equal(one.p99_at_least, scenario === 'crash-leader', 'so few reads that more than 1 % are lost');
    const whole = base!.every((m) => m.seconds === 30 - from_s);
    assert.equal(whole, from_s === 10, 'a window from the start loses the seconds in which workers write');
  }
  const cpu = (await runWindows(data)).filter((one) => one.run_id === 'slow-cpu-leader-trixie-w9-3-t2');
  assert.equal(cpu.length, 1);
  assert.ok(cpu[0]!.seconds < 28 && cpu[0]!.seconds > 25);
  assert.ok(!found.some((one) => one.fault === 'disk-throttle'), 'nothing without evidence');
});

test('reads without an answer count as slower than all others, and what is known of their wait is a bound', async () => {
  const made = await openSynthetic({
    operations: 20_000,
    keep: (plan) =>
      plan.workers === 9 &&
      ['baseline', 'crash-leader'].includes(plan.scenario) &&
      plan.debian_release === 'trixie',
    change: (plan) => (plan.fault === 'crash' ? { ...plan, outage_s: 30 } : plan),
  });
  try {
    const rows = await made.data.query<Row<'operations'>>('SELECT * FROM operations');
    const lost = (await runWindows(made.data)).filter((one) => one.fault === 'crash');
    assert.equal(lost.length, 5);
    for (const one of lost) {
      const { p99, known, reads_per_s } = measured(
        one.run_id,
        10,
        rows.filter((row) => row.run_id === one.run_id),
      );
      assert.equal(p99, Number.POSITIVE_INFINITY);
      assert.equal(one.p99_at_least, true);
      near(one.p99_ms!, known, one.run_id);
      near(one.reads_per_s, reads_per_s, one.run_id);
    }
    const [impact] = await impacts(made.data);
    assert.deepEqual([impact!.p99_at_least, impact!.p99!.low, impact!.p99!.high], [true, null, null]);
  } finally {
    await made.remove();
  }
});

test('a baseline is of the same workload, and of the same role of the driver where there is one', async () => {
  const kept = plans().filter(
    (plan) => plan.workers === 9 && ['baseline', 'crash-leader'].includes(plan.scenario),
  );
  const trixie = kept.filter((plan) => plan.debian_release === 'trixie');
  const twins = trixie
    .filter((plan) => plan.fault === 'none')
    .flatMap((plan) => [
      {
        ...plan,
        run_id: `${plan.run_id}-follower`,
        driver_role: 'follower' as const,
        reads_per_s: plan.reads_per_s / 2,
      },
      { ...plan, run_id: `${plan.run_id}-mixed`, workload: 'kvreadwrite' as const },
    ]);
  const ask = async (chosen: readonly Plan[]) => {
    const made = await openSynthetic({ operations: 20_000, plans: inOrder(chosen) });
    try {
      return await impacts(made.data);
    } finally {
      await made.remove();
    }
  };
  const [alone] = await ask(trixie);
  const [matched] = await ask([...trixie, ...twins]);
  assert.deepEqual([alone!.same_driver_role, alone!.baseline_trials], [false, 3]);
  assert.deepEqual([matched!.same_driver_role, matched!.baseline_trials], [true, 3]);
  assert.ok(Math.abs(matched!.throughput.value / alone!.throughput.value - 2) < 0.05);
  await assert.rejects(
    ask([
      ...trixie.filter((plan) => plan.fault !== 'none'),
      ...twins.filter((plan) => plan.workload === 'kvreadwrite'),
    ]),
    /no baseline with the workload/,
  );
});

test('percentiles are means over trials of each trial’s percentile, as far as its count goes', async () => {
  const base = (await mainConfigurations(data)).find((one) => one.fault === 'none' && one.workers === 9)!;
  const [found] = await readPercentiles(data, [base]);
  const reads = base.trials.map((trial) =>
    ok(trial.run_id)
      .filter((one) => one.op === 'query')
      .map((one) => ms(one.latency_ns)),
  );
  for (const { share, latency_ms } of found!)
    near(latency_ms.value, sum(reads.map((values) => rank(values, share))) / 3, `share ${share}`);
  const least = Math.min(...reads.map((values) => values.length));
  assert.equal(found!.length, SHARES.filter((share) => least * (1 - share) >= 1).length);
});

test('the heat map holds every successful operation of the run once, where it belongs', async () => {
  const run = await typicalRun(data, ['crash'], 'leader');
  const cells = await latencyHeat(data, run, 0.5);
  assert.equal(
    sum(cells.map((cell) => cell.operations)),
    ok(run.run_id).filter((one) => Number(endOf(one) - BigInt(run.start_ns)) < 30e9).length,
  );
  const cell = cells[10]!;
  const inside = ok(run.run_id).filter((one) => {
    const at = Number(endOf(one) - BigInt(run.start_ns)) / 1e9;
    return (
      at >= cell.time_s &&
      at < cell.time_s + 0.5 &&
      ms(one.latency_ns) >= cell.from_ms &&
      ms(one.latency_ns) < cell.to_ms
    );
  });
  assert.equal(cell.operations, inside.length);
});

test('shares of outcomes are means over trials and add up to 1', async () => {
  const all = await mainConfigurations(data);
  const crash = all.find((one) => one.fault === 'crash')!;
  const [found] = await outcomeShares(data, [crash]);
  for (const { op, shares, operations } of found!) {
    near(sum(shares.map((one) => one.share.value)), 1);
    const tried = crash.trials.map((trial) => byRun.get(trial.run_id)!.filter((one) => one.op === op));
    assert.equal(operations, sum(tried.map((rows) => rows.length)));
    for (const { outcome, error_class, share } of shares) {
      const same = tried.map(
        (rows) =>
          rows.filter((one) => one.outcome === outcome && (one.error_class ?? 'none') === error_class)
            .length / rows.length,
      );
      near(share.value, sum(same) / same.length, `${op} ${outcome} ${error_class}`);
    }
  }
});

test('what a node used is the step of its counters over the time that passed', async () => {
  const run = await typicalRun(data, ['cpu-limit'], 'follower');
  const use = await nodeUse(data, run);
  const samples = await data.query<Row<'samples'>>(
    'SELECT * FROM samples WHERE run_id = $run ORDER BY time_ns',
    { run: run.run_id },
  );
  for (const node of ['raft1', 'raft2', 'raft3']) {
    const [mine, raw] = [use.filter((one) => one.node === node), samples.filter((one) => one.node === node)];
    assert.equal(mine.length, raw.length);
    assert.equal(mine[0]!.cpu_cores, null);
    const passed = Number(raw[5]!.time_ns - raw[4]!.time_ns);
    near(mine[5]!.cpu_cores!, Number(raw[5]!.cpu_ns! - raw[4]!.cpu_ns!) / passed);
    near(mine[5]!.throttled!, Number(raw[5]!.cpu_throttled_ns! - raw[4]!.cpu_throttled_ns!) / passed);
    assert.equal(mine[5]!.memory_bytes, raw[5]!.memory_bytes);
  }
  assert.ok(use.some((one) => one.node === run.target_node && one.throttled! > 0.5));
});

test('what is not there is said', async () => {
  await assert.rejects(
    typicalRun(data, ['pause'], 'leader'),
    new MissingData('no usable run with pause on the leader'),
  );
  await assert.rejects(
    runByName(data, 'crash-leadr-trixie-w9-t2'),
    /did you mean crash-leader-trixie-w9-t2\?/,
  );
});
