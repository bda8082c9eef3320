import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { localEngine } from './docker/api.js';
import { DqliteClient } from './dqlite/client.js';
import { type CgroupFolders, cgroupOf, cgroupVersion, readIfThere } from './observe/cgroup.js';
import { until } from './observe/clock.js';
import { planCampaign } from './plan.js';
import { composeRuntime } from './runtimes/compose.js';
import type { Cluster } from './runtimes/parts/runtime.js';
import { loadScenario } from './scenario.js';

/** The rows of collect/scenarios/2022/README.md that a running cluster can be asked about. */

const campaign = `test-fidelity-${process.pid}`;
const runtime = composeRuntime(campaign, () => {});
const engine = localEngine();
const MB = 2 ** 20;
const WORKERS = 9;

interface Inspected {
  Args: string[];
  State: { Pid: number };
  HostConfig: { NetworkMode: string };
}

let cluster: Cluster;
const containers = async (name = '') => {
  const filters = encodeURIComponent(JSON.stringify({ label: [`dqlite-reliability.campaign=${campaign}`] }));
  const listed = await engine.call<{ Id: string; Labels: Record<string, string> }[]>(
    'GET',
    `/containers/json?filters=${filters}`,
  );
  const asked = listed.filter(({ Labels }) => (Labels['dqlite-reliability.node'] ?? '') === name);
  return Promise.all(asked.map(({ Id }) => engine.call<Inspected>('GET', `/containers/${Id}/json`)));
};
const groupOf = ({ State }: Inspected) => cgroupOf(State.Pid)!;
const read = (folder: string, file: string) => readIfThere(`${folder}/${file}`)?.trim();
const weight = (folders: CgroupFolders) =>
  cgroupVersion === 2 ? read(folders('cpu'), 'cpu.weight') : read(folders('cpu'), 'cpu.shares');
const one = async (name: string) => (await containers(name))[0]!;

before(async () => {
  await runtime.prepare('trixie', new Set(['write100-then-read']));
  const [planned] = planCampaign({
    scenarios: [loadScenario('2022/slow-cpu-leader')],
    releases: ['trixie'],
    trials: 1,
    durationS: 60,
    seed: 1,
  });
  cluster = await runtime.up({ ...planned!, driver: 'raft1' });
});
after(() => runtime.removeLeftovers());

test('three nodes have one network and no limits, and the first of them leads and drives nine workers', async () => {
  const nodes = await Promise.all(cluster.nodes.map(({ name }) => one(name)));
  assert.equal(nodes.length, 3);
  assert.equal(new Set(nodes.map(({ HostConfig }) => HostConfig.NetworkMode)).size, 1);
  const args = nodes.map(({ Args }) => Args.join(' '));
  assert.match(args[0]!, /--driver/);
  assert.match(args[0]!, new RegExp(`--workers ${WORKERS}\\b`));
  assert.doesNotMatch(args.slice(1).join(' '), /--driver|--(key|value)-size/);
  assert.ok(nodes.map(groupOf).every((folders) => quotaMs(folders) === Number.POSITIVE_INFINITY));
});

test('each worker writes 100 keys of 32 bytes with values of 1,024, and then only reads', async () => {
  const counted = [
    'count(*)',
    'min(length(key))',
    'max(length(key))',
    'min(length(value))',
    'max(length(value))',
  ]
    .map((column) => `SELECT ${column} FROM model`)
    .join(' UNION ALL ');
  const written = `${100 * WORKERS} 32 32 1024 1024`;
  const all = async () => (await ask(counted).catch(() => '')) === written || undefined;
  await until(all, { everyMs: 500, forMs: 50_000 });
  await sleep(2000);
  assert.equal(await ask(counted), written);
});

test('three burners are containers of their own, each with the weight of a node', async () => {
  const burners = await cluster.startBurners(3);
  try {
    const [node, started] = [groupOf(await one('raft1')), (await containers()).map(groupOf)];
    assert.equal(started.length, 3);
    assert.deepEqual(new Set(started.map(weight)), new Set([weight(node)]));
    assert.equal(new Set([node, ...started].map((folders) => folders('cpu'))).size, 4);
    const parent = (folders: CgroupFolders) => folders('cpu').replace(/\/[^/]*$/, '');
    assert.deepEqual(new Set(started.map(parent)), new Set([parent(node)]));
  } finally {
    await burners.end();
  }
});

test('a quarter of a CPU is a quota of 25 ms in 100 ms', async () => {
  await cluster.limitCpu(cluster.nodes[1]!, 0.25);
  assert.equal(quotaMs(groupOf(await one('raft2'))), 25);
});

test('50 MB of memory are 250 with swap, where swap is counted', async () => {
  await cluster.limitMemory(cluster.nodes[2]!, 50 * MB);
  const folder = groupOf(await one('raft3'))('memory');
  const [memory, withSwap] =
    cgroupVersion === 2
      ? [read(folder, 'memory.max'), Number(read(folder, 'memory.swap.max')) + 50 * MB]
      : [read(folder, 'memory.limit_in_bytes'), read(folder, 'memory.memsw.limit_in_bytes')];
  assert.equal(Number(memory), 50 * MB);
  if (withSwap !== undefined) assert.equal(Number(withSwap), 250 * MB);
});

/** What a node may use of 100 ms. */
function quotaMs(folders: CgroupFolders): number {
  const [quota, period] =
    cgroupVersion === 2
      ? (read(folders('cpu'), 'cpu.max') ?? '').split(' ')
      : [read(folders('cpu'), 'cpu.cfs_quota_us'), read(folders('cpu'), 'cpu.cfs_period_us')];
  return quota === 'max' || quota === '-1'
    ? Number.POSITIVE_INFINITY
    : (Number(quota) / Number(period)) * 100;
}

/** What the leader answers to a question. */
async function ask(question: string): Promise<string> {
  const client = new DqliteClient(cluster.nodes[0]!.address, 5000);
  try {
    return (await client.queryIntegers('benchmark', question)).join(' ');
  } finally {
    client.close();
  }
}
