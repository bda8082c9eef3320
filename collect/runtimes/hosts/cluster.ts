import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { containerLog } from '../../docker/containers.js';
import { openTraceShell } from '../../docker/network-shell.js';
import { votersOf } from '../../load/node-roles.js';
import type { CgroupFolders } from '../../observe/cgroup.js';
import { until } from '../../observe/clock.js';
import { hostCpu } from '../../observe/host-cpu.js';
import { anotherContainer, ENDS_WITHIN_MS } from '../parts/another-container.js';
import { CLIENT_RESULTS, createClient } from '../parts/compose-client.js';
import { nodeArguments } from '../parts/node-arguments.js';
import { CLIENT, type Cluster, type ClusterSpec, type Node, type NodeUsage } from '../parts/runtime.js';
import type { Forward } from './forward.js';
import type { Helper } from './helper.js';
import { exactNs, type HostClock } from './host-clock.js';

/** A host in use. */
export interface OpenHost extends Forward {
  readonly helper: Helper;
  readonly clock: HostClock;
}

/** A node, or the client, with the host that it runs on. */
interface Placed {
  readonly host: OpenHost;
  id: string;
  pid?: number;
  group?: CgroupFolders | undefined;
}

interface Inspected {
  State: { Running: boolean; Pid: number; ExitCode: number; OOMKilled: boolean };
}

export interface HostsClusterOptions {
  /** The host of each node, and then that of the client where there is one. */
  hosts: readonly OpenHost[];
  nodes: readonly Node[];
  spec: ClusterSpec;
  image: string;
  clientImage: string;
  networkTools: string;
  label: string;
  down: () => Promise<void>;
}

/** A node on each host, in the host's own network, since dqlite binds to the address by which the others know it. */
export async function hostsCluster(options: HostsClusterOptions): Promise<Cluster> {
  const { hosts, nodes, spec, label } = options;
  const placed = new Map<string, Placed>();
  /** What was said in containers that another has taken the place of. */
  const earlierLogs = new Map<string, string>();
  const of = (node: Node) => placed.get(node.name)!;
  const inspect = ({ host, id }: Placed) => host.engine.call<Inspected>('GET', `/containers/${id}/json`);
  const post = (node: Node, verb: string, body?: unknown) =>
    of(node)
      .host.engine.call('POST', `/containers/${of(node).id}/${verb}`, body)
      .then(() => {});
  const start = async (node: Node) => {
    const ended = async () => !(await inspect(of(node))).State.Running || undefined;
    await until(ended, { everyMs: 20, forMs: ENDS_WITHIN_MS });
    await post(node, 'start');
    const place = of(node);
    place.pid = (await inspect(place)).State.Pid;
    place.group = await place.host.helper.groupOf(place.pid);
  };
  await Promise.all(
    nodes.map(async (node, i) => {
      placed.set(node.name, { host: hosts[i]!, id: await createNode(hosts[i]!, node, options) });
    }),
  );
  await Promise.all(nodes.slice(0, votersOf(spec.nodeSettings)).map(start));
  const client: Node | null = spec.load ? { name: CLIENT, address: { host: CLIENT, port: 0 } } : null;
  if (client) {
    const host = hosts[nodes.length]!;
    const made = { engine: host.engine, image: options.clientImage, network: 'host', label };
    placed.set(CLIENT, { host, id: await createClient(nodes, spec, made) });
  }
  const infos = new Map(
    await Promise.all(
      hosts.map(
        async (host) =>
          [host, await host.engine.call<{ NCPU: number; MemTotal: number }>('GET', '/info')] as const,
      ),
    ),
  );
  const info = (node: Node) => infos.get(of(node).host)!;
  const driver = client ?? nodes.find((node) => node.name === spec.driver)!;

  let lost: string | undefined;
  const loss = Promise.race(
    hosts.map(async ({ host, helper, lacks }) => {
      await helper.ended;
      lost ??= `host ${host.name} was lost: ${(await lacks()) ?? 'its connection was cut'}`;
      throw new Error(lost);
    }),
  );
  // a client that has not been started yet has not ended
  const condition = client ? '?condition=next-exit' : '';
  const exit = of(driver)
    .host.engine.call<{ StatusCode: number }>('POST', `/containers/${of(driver).id}/wait${condition}`)
    .then(({ StatusCode }) => StatusCode);
  const driverExit = Promise.race([exit, loss]);
  // a run that fails takes the cluster down before anybody waits for them
  for (const one of [exit, loss, driverExit]) one.catch(() => {});

  let looking: Promise<NodeUsage[]> | undefined;
  const lookAround = async () => {
    const used = await Promise.all(
      [...placed].map(async ([name, { host, pid, group }]) => {
        if (!pid || !group) return [];
        const asked = exactNs();
        const seen = await host.helper.usage(name, pid, group);
        if (!seen) return [];
        host.clock.saw(asked, seen.time_ns, exactNs());
        return [{ ...seen, time_ns: host.clock.toHere(seen.time_ns) }];
      }),
    );
    return used.flat();
  };
  const lacking = (what: string) => async () => {
    throw new Error(`the hosts runtime has no ${what}`);
  };

  return {
    nodes,
    driver,
    driverExit,
    ...(client && { startClient: () => start(client) }),
    lost: () => lost,
    async hostCpu() {
      const seen = await Promise.all(hosts.map(async ({ helper }) => hostCpu(await helper.hostCpu())));
      const sum = (key: 'usedNs' | 'totalNs') => seen.reduce((total, one) => total + one[key], 0);
      return { usedNs: sum('usedNs'), totalNs: sum('totalNs') };
    },
    async state(node) {
      const { State } = await inspect(of(node));
      const { Running: running, ExitCode, OOMKilled } = State;
      return { running, exitCode: running ? null : ExitCode, killedForMemory: OOMKilled };
    },
    async signal(node, signal) {
      const { host, pid, id } = of(node);
      // the engine answers only when it has put the container away
      if (pid && (await host.helper.signal(pid, id, signal))) return;
      await post(node, `kill?signal=${signal}`);
      if (signal !== 'SIGKILL') return;
      const dead = async () => !(await inspect(of(node))).State.Running || undefined;
      await until(dead, { everyMs: 5, forMs: 1000 });
    },
    start,
    async startAs(node, as) {
      const { host, id } = of(node);
      earlierLogs.set(node.name, await containerLog(host.engine, id));
      of(node).id = await anotherContainer(id, node, as, {
        engine: host.engine,
        spec,
        nodes,
        volumes: new Map(),
      });
      await start(node);
    },
    async freeze(node, frozen) {
      const { host, group } = of(node);
      if (group && (await host.helper.freeze(group, frozen))) return;
      await post(node, frozen ? 'pause' : 'unpause');
    },
    pin: (node, cpu) =>
      post(node, 'update', { CpusetCpus: cpu === null ? `0-${info(node).NCPU - 1}` : String(cpu) }),
    async limitCpu(node, cpus) {
      const { host, group } = of(node);
      if (group && (await host.helper.limitCpu(group, cpus))) return;
      const quota = cpus === null ? -1 : Math.round(cpus * 100_000);
      await post(node, 'update', { CpuPeriod: 100_000, CpuQuota: quota });
    },
    limitMemory: (node, bytes) =>
      post(node, 'update', {
        Memory: bytes ?? info(node).MemTotal, // the engine cannot take a memory limit away, only raise it
        MemorySwap: bytes === null ? info(node).MemTotal * 2 : bytes * 5,
      }),
    limitDisk: lacking('limit of disks'),
    diskLimit: lacking('limit of disks'),
    startBurners: lacking('burners'),
    networkShell: (node) => of(node).host.helper.networkShell(),
    traceShell: (node) =>
      openTraceShell(of(node).id, options.networkTools, label, ['-H', `unix://${of(node).host.socket}`]),
    volume: (node) => {
      throw new Error(`${node.name} has no file system of its own`);
    },
    cutPower: lacking('file systems of their own'),
    async usage() {
      // who asks while others are being answered gets their answer: a slow host is not asked twice at once
      looking ??= lookAround().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    async copyResults(folder) {
      const { host, port } = driver.address;
      const path = client ? CLIENT_RESULTS : `/tmp/dqlite-benchmark/${host}:${port}/results`;
      const from = ['-H', `unix://${of(driver).host.socket}`, 'cp', `${of(driver).id}:${path}/.`];
      await execa('docker', [...from, folder]);
      if (client) await anchorHere(join(folder, 'client.json'), of(client).host.clock);
    },
    clocks: () =>
      [...placed].map(([node, { host }]) => ({
        node,
        offsetNs: host.clock.offsets.at(-1)!.offsetNs,
        errorNs: host.clock.errorNs(),
      })),
    log: async (node) =>
      (earlierLogs.get(node.name) ?? '') + (await containerLog(of(node).host.engine, of(node).id)),
    down: options.down,
  };
}

async function createNode(
  host: OpenHost,
  node: Node,
  { nodes, spec, image, label }: HostsClusterOptions,
): Promise<string> {
  const [name, value] = label.split('=') as [string, string];
  const { Id } = await host.engine.call<{ Id: string }>('POST', '/containers/create', {
    Image: image,
    Cmd: nodeArguments(node, nodes, spec),
    Labels: { [name]: value, 'dqlite-reliability.node': node.name },
    HostConfig: { NetworkMode: 'host', Init: true },
  });
  return Id;
}

/** Puts what a client's own clock is anchored to in the time here: its host's Unix time is another. */
export async function anchorHere(path: string, clock: HostClock): Promise<void> {
  const text = await readFile(path, 'utf8');
  // numbers of this size are not exact once they are read as JSON
  const here = text.replace(/("unix_ns":\s*)(\d+)/g, (_, name, ns) => `${name}${clock.toHere(BigInt(ns))}`);
  await writeFile(path, here);
}
