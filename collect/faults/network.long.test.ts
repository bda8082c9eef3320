import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execa } from 'execa';
import { DEFAULT_RELEASE } from '../../src/vocabulary/releases.js';
import { localEngine } from '../docker/api.js';
import { openNetworkShell } from '../docker/network-shell.js';
import { freeSubnet } from '../docker/subnet.js';
import { buildImage, imageName } from '../image/build.js';
import type { Cluster, Node } from '../runtimes/parts/runtime.js';
import { MECHANICS } from './index.js';
import type { Injection, Setting } from './parts/fault.js';

// The faults of the network on containers that do nothing, so that what is measured is the fault alone.

const IMAGE = imageName('network-tools', DEFAULT_RELEASE);
const LABEL = `dqlite-reliability.campaign=test-network-${process.pid}`;
const NETWORK = `test-network-${process.pid}`;
let nodes: Node[];

before(async () => {
  await buildImage(localEngine(), 'network-tools', DEFAULT_RELEASE, () => {});
  const subnet = freeSubnet();
  await execa('docker', ['network', 'create', '--label', LABEL, '--subnet', `${subnet}.0/24`, NETWORK]);
  nodes = Array.from({ length: 4 }, (_, i) => ({
    name: `${NETWORK}-${i + 1}`,
    address: { host: `${subnet}.${11 + i}`, port: 1 },
  }));
  await Promise.all(
    nodes.map(({ name, address }) => {
      const place = ['--name', name, '--network', NETWORK, '--ip', address.host, '--label', LABEL];
      return execa('docker', ['run', '--rm', '-d', '--init', ...place, IMAGE, 'sleep', '600']);
    }),
  );
});

after(async () => {
  await execa('docker', ['rm', '-f', ...nodes.map(({ name }) => name)]);
  await execa('docker', ['network', 'rm', NETWORK]);
});

/** Injects a fault into the second node, the first one leading; what is done then gets what every look measures. */
async function injected(
  kind: keyof typeof MECHANICS,
  severity: number,
  look: (injection: Injection, seen: () => Promise<number>) => Promise<void>,
): Promise<void> {
  const cluster = {
    nodes,
    networkShell: (node: Node) => openNetworkShell(node.name, IMAGE, LABEL),
  } as unknown as Cluster;
  const membership = {} as Setting['membership'];
  const setting: Setting = { cluster, severity, membership, release: 'trixie' };
  const injection = await MECHANICS[kind].prepare(setting);
  try {
    await injection.inject(nodes[1]!, nodes[0]!);
    await look(injection, async () => (await injection.measure())[0]!.during);
    await injection.lift();
    assert.equal(await injection.hasEnded(), true);
  } finally {
    await injection.cleanUp();
  }
}

/** How long one ping takes between two nodes; undefined where none comes back. */
async function pingMs(from: number, to: number): Promise<number | undefined> {
  const ping = ['ping', '-U', '-n', '-c', '3', '-i', '0.1', '-W', '0.3', nodes[to]!.address.host];
  const { stdout } = await execa('docker', ['exec', nodes[from]!.name, ...ping], { reject: false });
  const found = /= [\d.]+\/([\d.]+)\//.exec(stdout)?.[1];
  return found === undefined ? undefined : Number(found);
}

const within = (value: number | undefined, least: number, most: number) =>
  assert.ok(value !== undefined && value >= least && value <= most, `${value}, not ${least} to ${most}`);

/** The least of some looks, since others on the host make a round trip longer, and none shorter. */
async function leastOf(looks: number, seen: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < looks; i++) least = Math.min(least, await seen());
  return least;
}

test('a delay lengthens every round trip by what was asked, and that its helper has died is seen', async () => {
  await injected('network-delay', 40, async (injection, seen) => {
    within(await leastOf(3, seen), 40, 44);
    within(await pingMs(3, 1), 40, 80);
    assert.match(injection.how!(), /^by (netem|a queue)$/);
    if (!/queue/.test(injection.how!())) return;
    const { stdout } = await execa('docker', ['ps', '-q', '--filter', `label=${LABEL}`]);
    for (const id of stdout.split('\n')) {
      await execa('docker', ['exec', id, 'pkill', '-KILL', 'nfq-delay'], { reject: false });
    }
    within(await seen(), 0, 36);
  });
});

test('a delay of one link leaves the others as they were', async () => {
  await injected('network-delay-link', 40, async (injection, seen) => {
    within(await leastOf(3, seen), 40, 44);
    within(await pingMs(3, 1), 0, 36);
    assert.equal(injection.how!(), `by a queue, from ${nodes[0]!.name}`);
  });
});

test('jitter holds each packet for a time of its own', async () => {
  await injected('network-jitter', 40, async (_, seen) => {
    // of times that are as likely as each other up to 40 ms: 40 / sqrt(12) = 11.5
    within(await leastOf(4, seen), 7, 20);
  });
});

test('a link that is cut one way passes nothing that way, and other links go on', async () => {
  await injected('network-cut-link-out', 0, async (_, seen) => {
    assert.equal(await pingMs(1, 0), undefined);
    assert.notEqual(await pingMs(1, 2), undefined);
    assert.ok((await seen()) > 0);
  });
});

test('a partition cuts the links that it names, and no others', async () => {
  for (const [kind, cut] of [
    ['partition-quorum-loss', 3],
    ['partition-constrained', 4],
    ['partition-chained', 3],
  ] as const) {
    await injected(kind, 0, async (_, seen) => assert.equal(await seen(), cut));
  }
});
