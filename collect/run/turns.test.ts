import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { FakeClock } from '../../src/testing/fake-clock.js';
import type { Script } from '../../src/testing/scripted-cluster.js';
import { ScriptedRuntime } from '../../src/testing/scripted-runtime.js';
import type { EventName } from '../../src/vocabulary/events.js';
import { FAULT_KINDS, FAULTS, type FaultDescription, type FaultKind } from '../../src/vocabulary/faults.js';
import { DEFAULT_VOLUME_MB } from '../load/node-roles.js';
import type { PlannedFault, PlannedRun } from '../plan.js';
import type { Findings } from './findings.js';
import { makeRun } from './run.js';

const SECOND = 1000;

/** Of a run with four nodes. */
const NEWCOMER = 'raft4';

const limit: PlannedFault = planned('cpu-limit', 'follower');
const crash: PlannedFault = planned('crash', 'follower');

function planned(kind: FaultKind, target: PlannedFault['target'], liftAtS: number | null = 6): PlannedFault {
  const { unit } = FAULTS[kind];
  return { kind, target, severity: unit === null ? null : 1, unit, injectAtS: 2, liftAtS };
}

/** Whom a kind can be aimed at: not all can be aimed at a node of this role. */
function aimed(kind: FaultKind, role: 'leader' | 'follower'): PlannedFault['target'] {
  const { hitsAll }: FaultDescription = FAULTS[kind];
  return hitsAll ? 'all' : kind === 'join' ? 'newcomer' : role;
}

/** The nodes that it then hits, where this one has the role. */
function hitBy(kind: FaultKind, node: string): string {
  const target = aimed(kind, 'leader');
  if (target === 'all') return 'raft1;raft2;raft3';
  return target === 'newcomer' ? NEWCOMER : node;
}

interface Setting {
  fault?: PlannedFault | null;
  faults?: PlannedFault[];
  driverRole?: PlannedRun['driverRole'];
  signal?: AbortSignal;
  observe?: boolean;
  nodeSettings?: PlannedRun['nodeSettings'];
}

interface Made {
  findings: Findings;
  runtime: ScriptedRuntime;
  events: { event: EventName; fault_no: string; node: string; detail: string; time_ns: string }[];
  /** The names of the events, in order. */
  order: EventName[];
  /** A file that the run left. */
  read(name: string): Promise<string>;
}

/** Makes a run of 10 s on a scripted cluster that plays a script. */
async function run(t: TestContext, script: Script | Error, setting: Setting = {}): Promise<Made> {
  const runtime = new ScriptedRuntime([script]);
  const parent = await mkdtemp(join(tmpdir(), 'run-'));
  t.after(() => rm(parent, { recursive: true }));
  const folder = join(parent, 'captures', 'run');
  const faults = setting.faults ?? (setting.fault ? [setting.fault] : []);
  const plan: PlannedRun = {
    run_id: 'run',
    scenario: 'run',
    release: 'trixie',
    workload: setting.driverRole === 'client' ? 'registers' : 'kvreadwrite',
    workers: 2,
    durationS: 10,
    driverRole: setting.driverRole ?? 'follower',
    faults,
    ...(faults.some(({ target }) => target === 'newcomer') && { nodeSettings: { count: 4, newcomers: 1 } }),
    ...(setting.nodeSettings && { nodeSettings: setting.nodeSettings }),
    trial: 1,
    block: 1,
    position: 1,
  };
  const { signal = new AbortController().signal, observe = true } = setting;
  const { clock, surroundings } = runtime;
  try {
    const findings = await clock.during(makeRun(plan, runtime, folder, signal, { surroundings, observe }));
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const events = parse(await read('events.csv'), { columns: true }) as Made['events'];
    return { findings, runtime, events, order: events.map(({ event }) => event), read };
  } finally {
    assert.deepEqual(getEventListeners(signal, 'abort'), [], 'the next run gets the same signal');
    for (const cluster of runtime.clusters) {
      assert.ok(cluster.isDown || cluster.script.failing?.down, 'the cluster is taken down');
      await clock.during(clock.sleep(60 * SECOND));
      assert.deepEqual(cluster.askedWhenDown, [], 'nothing goes on once a run is over');
    }
  }
}

async function fails(
  t: TestContext,
  failure: Findings['failure'],
  reason: RegExp,
  script: Script | Error,
  setting: Setting = {},
): Promise<Made> {
  const made = await run(t, script, setting);
  assert.equal(made.findings.failure, failure, made.findings.status_reason ?? 'it did not fail');
  assert.equal(made.findings.status, 'failed');
  assert.match(made.findings.status_reason!, reason);
  return made;
}

test('a run without a fault begins, ends and is counted', async (t) => {
  const { findings, order, events } = await run(t, {});
  assert.deepEqual(order, ['leader_changed', 'workload_started', 'workload_ended', 'count_taken']);
  const upAt = new FakeClock().nowMs();
  assert.equal(events[0]!.time_ns, `${upAt + 1}000000`, 'rounded up: what is stamped later came after it');
  const { status, failure, fault_confirmed, rows_found, driver_role, target_node } = findings;
  assert.deepEqual(
    { status, failure, fault_confirmed, rows_found, driver_role, target_node },
    {
      status: 'complete',
      failure: null,
      fault_confirmed: null,
      rows_found: 100,
      driver_role: 'follower',
      target_node: null,
    },
  );
  assert.ok(findings.other_cpu_fraction! < 0.01);
});

test('a run that is not observed is counted all the same', async (t) => {
  const { order, read } = await run(t, {}, { observe: false });
  assert.deepEqual(order, ['workload_started', 'leader_changed', 'workload_ended', 'count_taken']);
  assert.match(await read('logs/raft1.log'), /ready/);
});

// the client plays, since some faults hit all nodes
for (const kind of FAULT_KINDS) {
  test(`${kind} takes effect, is lifted and has evidence that it owes`, async (t) => {
    const { findings, order, runtime } = await run(
      t,
      {},
      {
        fault: planned(kind, aimed(kind, 'leader')),
        driverRole: 'client',
      },
    );
    assert.equal(findings.status, 'complete', findings.status_reason ?? '');
    assert.equal(findings.fault_confirmed, true);
    assert.equal(findings.target_node, hitBy(kind, 'raft1'));
    const steps = ['fault_injected', 'fault_confirmed', 'fault_lifted', 'recovered', 'workload_ended'];
    assert.deepEqual(
      order.filter((event) => steps.includes(event)),
      steps,
    );
    assert.ok(findings.evidence.length > 0);
    for (const { metric } of findings.evidence)
      assert.ok(FAULTS[kind].evidence.some((owed) => owed === metric));
    assertNothingInForce(runtime);
  });

  test(`${kind} that does not take effect is not confirmed`, async (t) => {
    const { findings, order, runtime } = await run(
      t,
      { effective: false },
      { fault: planned(kind, aimed(kind, 'leader')), driverRole: 'client' },
    );
    assert.equal(findings.status, 'complete', findings.status_reason ?? '');
    assert.equal(findings.fault_confirmed, false);
    assert.ok(!order.includes('fault_confirmed'));
    assertNothingInForce(runtime);
  });

  test(`${kind} that is never lifted is lifted at the end of the workload`, async (t) => {
    const { findings, events, runtime } = await run(
      t,
      {},
      {
        fault: planned(kind, aimed(kind, 'follower'), null),
        driverRole: 'client',
      },
    );
    assert.equal(findings.status, 'complete', findings.status_reason ?? '');
    assert.equal(findings.fault_confirmed, true);
    assert.equal(findings.target_node, hitBy(kind, 'raft2'));
    assert.equal(events.find(({ event }) => event === 'fault_lifted')?.detail, 'end of the workload');
    assertNothingInForce(runtime);
  });
}

test('a fault that comes and goes again and again is one to the cluster, and several to the record', async (t) => {
  const flap = (target: PlannedFault['target'], at: number) => ({
    ...planned('network-cut', 'follower', at + 1),
    ...{ target, injectAtS: at },
  });
  const faults = [flap('follower', 1), flap('same', 3), flap('same', 5)];
  const { findings, events, runtime } = await run(t, {}, { faults });
  assert.equal(findings.status, 'complete', findings.status_reason ?? '');
  assert.deepEqual([findings.fault_confirmed, findings.target_node], [true, 'raft3']);
  const of = (name: EventName) =>
    events.filter(({ event }) => event === name).map(({ fault_no, node }) => `${fault_no} ${node}`);
  for (const name of ['fault_injected', 'fault_confirmed', 'fault_lifted', 'recovered'] as const)
    assert.deepEqual(of(name), ['1 raft3', '2 raft3', '3 raft3'], name);
  assert.deepEqual(
    findings.evidence.map(({ fault_no, metric }) => [fault_no, metric]),
    [1, 2, 3].map((no) => [no, 'packets_dropped']),
  );
  const shells = runtime.cluster.openedShells;
  assert.equal(shells, 3, 'one for each node, and not for each time');
  assertNothingInForce(runtime);
});

test('a fault that comes again harder, or on another node, has what it needs of its own', async (t) => {
  const cut = planned('network-cut', 'follower', 3);
  const delay = planned('network-delay', 'follower', 3);
  const later = { injectAtS: 4, liftAtS: 5 };
  for (const faults of [
    [delay, { ...delay, ...later, target: 'same' as const, severity: 2 }],
    [cut, { ...cut, ...later, target: 'leader' as const }],
  ]) {
    const { runtime } = await run(t, {}, { faults });
    assert.equal(runtime.cluster.openedShells, 6, 'of each fault one for each node');
  }
});

test('nodes have file systems of their own where a fault is of the disk, of the size that was set', async (t) => {
  const sizeOf = async (setting: Setting) => (await run(t, {}, setting)).runtime.cluster.spec.volumeMB;
  const full = { fault: planned('disk-full', 'follower'), driverRole: 'client' } as const;
  assert.deepEqual(
    [
      await sizeOf({ fault: crash }),
      await sizeOf(full),
      await sizeOf({ ...full, nodeSettings: { volume_MB: 64 } }),
    ],
    [null, DEFAULT_VOLUME_MB, 64],
  );
});

test('several faults at once take effect, each on its node, and of one that does not the run is not confirmed', async (t) => {
  const faults = [planned('cpu-limit', 'leader'), planned('disk-throttle', 'follower', 8)];
  const { findings, runtime } = await run(t, {}, { faults });
  assert.deepEqual([findings.fault_confirmed, findings.target_node], [true, 'raft1;raft3']);
  assertNothingInForce(runtime);
  const script: Script = { at: [[0, (cluster) => Object.assign(cluster, { limitDisk: async () => {} })]] };
  assert.equal((await run(t, script, { faults })).findings.fault_confirmed, false);
});

function assertNothingInForce({ cluster }: ScriptedRuntime): void {
  assert.equal(cluster.burnersLeft, 0);
  for (const node of cluster.nodes) {
    const { name, votes, running, frozen, cpuLimit, memoryLimit, diskLimit, network, traced } = node;
    assert.ok(votes || name === NEWCOMER, name);
    if (name === cluster.driver.name) continue;
    const left = { running, frozen, cpuLimit, memoryLimit, diskLimit, network, traced };
    const free = { running: true, frozen: false, cpuLimit: null, memoryLimit: null, diskLimit: null };
    assert.deepEqual(left, { ...free, network: 'free', traced: false }, name);
  }
}

test('a limit that took effect only at its start is no evidence in the end', async (t) => {
  const loosened: Script = {
    at: [[2300, (cluster) => cluster.node('raft3').set('cpuLimit', null)]],
  };
  const longer = { ...limit, liftAtS: 9 };
  const { findings, order } = await run(t, loosened, { fault: longer });
  assert.ok(order.includes('fault_confirmed'), 'it was seen to take effect');
  assert.equal(findings.fault_confirmed, false);
  assert.ok(findings.evidence[0]!.during < findings.evidence[0]!.threshold);
});

test('a fault is looked at as soon as it is there: a node that ends may be started again soon', async (t) => {
  const { events } = await run(t, {}, { fault: crash });
  const at = (name: EventName) => BigInt(events.find(({ event }) => event === name)!.time_ns);
  assert.ok(at('fault_confirmed') - at('fault_injected') <= 20_000_000n);
});

test('the leader is hit that leads at that moment', async (t) => {
  const script: Script = { at: [[1000, (cluster) => cluster.lead('raft3')]] };
  const { findings } = await run(t, script, { fault: planned('crash', 'leader') });
  assert.equal(findings.target_node, 'raft3');
});

test('without a leader to hit a run fails, and one that comes in time is hit', async (t) => {
  await fails(t, 'no_leader', /no leader when the fault was to be/, { leader: null }, { fault: limit });
  const script: Script = { leader: null, at: [[4000, (cluster) => cluster.lead('raft3')]] };
  const { findings } = await run(t, script, { fault: planned('cpu-limit', 'leader') });
  assert.equal(findings.target_node, 'raft3');
});

test('a fault that takes its node away does not hit the driver, another does', async (t) => {
  const fault = planned('pause', 'leader');
  await fails(
    t,
    'wrong_target',
    /the driver \(raft2\) had become the leader/,
    { leader: 'raft2' },
    { fault },
  );
  const { findings } = await run(t, { leader: 'raft2' }, { fault: planned('cpu-limit', 'leader') });
  assert.equal(findings.target_node, 'raft2');
});

test('nobody looks at a fault any more once it was lifted', async (t) => {
  const { runtime, order } = await run(
    t,
    {},
    { fault: planned('disk-full', 'follower'), driverRole: 'client' },
  );
  assert.ok(order.includes('recovered'));
  for (const { volume } of runtime.cluster.nodes) assert.equal(await volume.tryWrite(), undefined);
});

test('a workload that does not begin, or whose driver ends first, fails with what the driver said', async (t) => {
  for (const leader of ['raft1', null]) {
    const script: Script = { beginsAfterMs: null, driver: null, leader };
    await fails(t, 'workload_not_started', /did not start within 60 s/, script);
  }
  const script: Script = {
    beginsAfterMs: null,
    driver: { afterMs: 500, code: 1 },
    log: 'ready\npanic: no such database\nexit status 2\n',
  };
  await fails(t, 'driver_failed', /ended with 1, its log says: panic: no such database/, script);
  const words = async (log: string, said: RegExp) => fails(t, 'driver_failed', said, { ...script, log });
  await words('ready\nbye\n', /its log says: bye$/);
  await words('', /its log says: nothing$/);
});

test('a driver that ends with an error, too early, never, or for want of memory fails the run', async (t) => {
  const after = (afterMs: number, code = 0, killedForMemory = false): Script => ({
    driver: { afterMs, code, killedForMemory },
    log: 'Error: disk full\n',
  });
  await fails(t, 'driver_failed', /ended with 3, its log says: Error: disk full/, after(4000, 3));
  await fails(t, 'driver_failed', /ended with 3/, after(10_050, 3));
  await fails(t, 'driver_failed', /ended 6\.0 s before its time/, after(4000));
  await fails(t, 'killed_for_memory', /\(raft2\) was killed for memory/, after(4000, 137, true));
  await fails(t, 'not_ended', /did not end within 60 s/, { driver: null });
});

test('a driver that ends a moment early has still played the workload', async (t) => {
  const { findings } = await run(t, { driver: { afterMs: 9500 } });
  assert.equal(findings.status, 'complete');
  assert.equal(findings.rows_found, 100);
});

test('a driver that leaves no results fails the run', async (t) => {
  await fails(t, 'no_results', /left no results/, { results: false });
});

test('rows are counted until two counts agree', async (t) => {
  const { findings } = await run(t, { rows: [97, undefined, 97, 98, 100, undefined, 100, 100] });
  assert.equal(findings.rows_found, 100);
  await fails(t, 'not_counted', /no leader answered after the run/, { rows: [undefined] });
});

test('rows are not counted where the client recorded every operation', async (t) => {
  const { findings, order } = await run(t, {}, { driverRole: 'client' });
  assert.deepEqual([findings.status, findings.rows_found], ['complete', null]);
  assert.ok(!order.includes('count_taken'));
});

test('without quorum after the run nothing is counted', async (t) => {
  await fails(t, 'not_counted', /no leader answered/, { restarts: false }, { fault: crash });
});

test('a clock that is set makes the times of a run useless, a little is let pass', async (t) => {
  const set = (byMs: number): Script => ({ at: [[5000, (cluster) => cluster.clock.setWall(byMs)]] });
  await fails(t, 'clock_stepped', /clock was set by -70 ms/, set(-70));
  await fails(t, 'clock_stepped', /clock was set by 70 ms/, set(70));
  assert.equal((await run(t, set(30))).findings.status, 'complete');
});

test('a run whose clock was set does no more, and hands no leadership on', async (t) => {
  const script: Script = { leader: 'raft2', at: [[5000, (cluster) => cluster.clock.setWall(70)]] };
  const { runtime } = await run(t, script, { driverRole: 'leader' });
  assert.equal(runtime.cluster.leader?.name, 'raft2');
});

test('events are in the order of their times, although the clock was set back a little', async (t) => {
  const { events } = await run(t, {
    at: [
      [4990, (cluster) => cluster.lead('raft3')],
      [5000, (cluster) => cluster.clock.setWall(-30)],
      [5005, (cluster) => cluster.lead('raft2')],
    ],
  });
  const times = events.map(({ time_ns }) => BigInt(time_ns));
  assert.deepEqual(
    times,
    times.toSorted((a, b) => Number(a - b)),
  );
  assert.deepEqual(
    events.slice(2, 4).map(({ node }) => node),
    ['raft2', 'raft3'],
  );
});

test('the driver’s role is that of the leader when the workload began, seen a moment late at the most', async (t) => {
  const role = async (script: Script) => (await run(t, script)).findings.driver_role;
  assert.equal(await role({ leader: 'raft2' }), 'leader');
  assert.equal(await role({ leader: 'raft2', leaderSeenAfterMs: 300 }), 'leader');
  assert.equal(await role({ leader: 'raft2', leaderSeenAfterMs: 3000 }), 'follower');
  const later: Script = { leader: 'raft1', at: [[100, (cluster) => cluster.lead('raft2')]] };
  assert.equal(await role(later), 'follower');
});

test('what others use of the host’s CPU is told', async (t) => {
  // what nodes and the collector have used before the workload is not of it
  const { findings } = await run(t, { others: 0.25, beginsAfterMs: 20_000 });
  assert.ok(Math.abs(findings.other_cpu_fraction! - 0.25) < 0.01, String(findings.other_cpu_fraction));
  const burners = await run(t, {}, { fault: planned('cpu-contention', 'leader') });
  assert.ok(burners.findings.other_cpu_fraction! < 0.01, 'the fault’s own use is not that of others');
});

test('an engine that fails fails the run with what it was about, and never the campaign', async (t) => {
  const gone = new Error('the engine is gone');
  await fails(t, 'engine_failed', /the engine is gone/, gone);
  await fails(
    t,
    'engine_failed',
    /the engine is gone/,
    { failing: { startBurners: gone } },
    {
      fault: planned('cpu-contention', 'leader'),
    },
  );
  await fails(t, 'inject_failed', /the engine is gone/, { failing: { limitCpu: gone } }, { fault: limit });
  const lost = (ms: number, ...parts: Parameters<typeof loses>[1][]): Script => loses(ms, ...parts);
  await fails(t, 'lift_failed', /the engine is gone/, lost(4000, 'limitCpu'), { fault: limit });
  await fails(t, 'lift_failed', /the engine is gone/, lost(4000, 'start'), { fault: crash });
  await fails(t, 'lift_failed', /the engine is gone/, lost(9900, 'limitCpu'), {
    fault: { ...limit, liftAtS: null },
  });
  await fails(t, 'no_results', /the engine is gone/, lost(4000, 'copyResults'));
  await fails(t, 'engine_failed', /the engine is gone/, lost(4000, 'state'));
});

test('a run that failed after a host was lost failed for that, and one that did not is what it is', async (t) => {
  const lost = 'host b was lost: its connection was cut';
  await fails(t, 'engine_failed', /^host b was lost/, { ...loses(4000, 'copyResults'), lost });
  const { findings } = await run(t, { lost });
  assert.deepEqual([findings.status, findings.failure], ['complete', null]);
});

function loses(ms: number, ...parts: Parameters<ScriptedRuntime['cluster']['lose']>): Script {
  return { at: [[ms, (cluster) => cluster.lose(...parts)]] };
}

test('an engine that fails beside the run leaves it what it is', async (t) => {
  const down = await run(t, { failing: { down: new Error('the engine is gone') } });
  assert.equal(down.findings.status, 'complete');
  const logs = await run(t, loses(4000, 'log'));
  assert.equal(logs.findings.status, 'complete');
  assert.equal(await logs.read('logs/raft1.log'), 'the log cannot be read: the engine is gone\n');
  const lost = await run(t, loses(4000, 'usage'));
  assert.equal(lost.findings.status, 'complete');
  assert.equal(lost.findings.other_cpu_fraction, null);
  const never = await run(t, { failing: { usage: new Error('the engine is gone') } });
  assert.equal((await never.read('samples.csv')).trim().split('\n').length, 1, 'no more than its header');
});

test('a look that fails has seen nothing, and the next may see', async (t) => {
  const { findings } = await run(t, noState(2010, 3500, new Error('busy')), { fault: crash });
  assert.equal(findings.fault_confirmed, true);
  const error = new TypeError('x is not a function');
  await assert.rejects(run(t, noState(2010, 3500, error), { fault: crash }), error);
});

test('a fault whose end cannot be looked for is asked again, and its node has recovered then', async (t) => {
  const { events } = await run(t, noState(5990, 6020, new Error('busy')), { fault: crash });
  const at = (name: EventName) => BigInt(events.find(({ event }) => event === name)!.time_ns);
  assert.equal(at('recovered') - at('fault_lifted'), 200_000_000n);
  const error = new TypeError('x is not a function');
  await assert.rejects(run(t, noState(5990, 6020, error), { fault: crash }), error);
});

/** The state of nodes, by which a crash and its end are seen, cannot be asked for meanwhile. */
function noState(fromMs: number, toMs: number, error: Error): Script {
  return {
    at: [
      [fromMs, ({ script }) => Object.assign(script.failing!, { state: error })],
      [toMs, ({ script }) => void delete script.failing!.state],
    ],
  };
}

test('a node whose fault does not end, or that does not get to know the leader, is not said to have recovered', async (t) => {
  const stays: Script = { at: [[5000, (cluster) => Object.assign(cluster, { limitCpu: async () => {} })]] };
  const alone: Script = {
    at: [
      [5900, (cluster) => cluster.lead(null)],
      [30_000, (cluster) => cluster.lead('raft1')],
    ],
  };
  for (const script of [stays, alone]) {
    const { findings, order } = await run(t, script, { fault: limit });
    assert.equal(findings.status, 'complete', findings.status_reason ?? '');
    assert.ok(order.includes('fault_lifted'));
    assert.ok(!order.includes('recovered'));
  }
});

for (const seconds of [1, 3, 7, 9]) {
  test(`a target that dies ${seconds} s after the start runs again before the rows are counted`, async (t) => {
    const script: Script = { at: [[seconds * SECOND, (cluster) => cluster.node('raft3').end(139, false)]] };
    const { findings, order } = await run(t, script, { fault: limit });
    assert.equal(findings.status, 'complete', findings.status_reason ?? '');
    assert.ok(order.includes('node_started'));
    assert.equal(order.includes('fault_lifted'), seconds > 6, 'the limits of a dead node went with it');
    assert.equal(findings.rows_found, 100);
  });
}

test('a driver that leads when its time is over hands leadership on', async (t) => {
  const { findings, events } = await run(t, { leader: 'raft2', elects: false }, { driverRole: 'leader' });
  assert.equal(findings.status, 'complete', findings.status_reason ?? '');
  assert.equal(events.findLast(({ event }) => event === 'leader_changed')?.node, 'raft2');
});

for (const [state, ms] of Object.entries({
  prepared: -100,
  workload: 1000,
  injected: 2010,
  confirmed: 4000,
  lifted: 6001,
  recovered: 8000,
  ending: 10_020,
  counted: 10_060,
})) {
  test(`Ctrl-C takes the cluster down at once (${state})`, async (t) => {
    const controller = new AbortController();
    const reason = new Error('stopped by SIGINT');
    const script: Script = { beginsAfterMs: 200, at: [[ms, () => controller.abort(reason)]] };
    for (const fault of [limit, crash]) {
      await assert.rejects(run(t, script, { fault, signal: controller.signal }), reason);
    }
  });
}

test('Ctrl-C is what ends a run, whatever else goes wrong then', async (t) => {
  const gone = new Error('the engine is gone');
  const stopped = AbortSignal.abort(new Error('stopped by SIGINT'));
  await assert.rejects(run(t, gone, { signal: stopped }), gone, 'bringing the cluster up was given up');
  const down = { failing: { down: new TypeError('x is not a function') } };
  await assert.rejects(run(t, down, { signal: stopped }), /stopped by SIGINT/);
});

test('what is being done when Ctrl-C comes leads to nothing more', async (t) => {
  const controller = new AbortController();
  const script: Script = {
    at: [
      [
        5000,
        (cluster) => {
          cluster.start = () => cluster.clock.sleep(3000);
        },
      ],
      [7000, () => controller.abort(new Error('stopped by SIGINT'))],
    ],
  };
  await assert.rejects(run(t, script, { fault: crash, signal: controller.signal }), /stopped by SIGINT/);
});

test('an error of the code ends the campaign with its place, wherever it happens', async (t) => {
  const error = new TypeError('x is not a function');
  await assert.rejects(run(t, error), error);
  const faults = { startBurners: 'cpu-contention', limitCpu: 'cpu-limit', signal: 'crash' } as const;
  for (const [part, kind] of Object.entries(faults)) {
    const fault = planned(kind, 'follower');
    await assert.rejects(run(t, { failing: { [part]: error } }, { fault }), error);
  }
  for (const part of ['copyResults', 'log', 'usage', 'state', 'down'] as const) {
    await assert.rejects(run(t, { failing: { [part]: error } }, { fault: limit }), error, part);
  }
  await assert.rejects(run(t, { failing: { usage: error } }, { observe: false }), error);
});
