import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { Engine } from '../../docker/api.js';
import { containerLog } from '../../docker/containers.js';
import { openNetworkShell, openTraceShell } from '../../docker/network-shell.js';
import { votersOf } from '../../load/node-roles.js';
import {
  type CgroupFolders,
  cgroupOf,
  cgroupUsage,
  networkUsage,
  readIfThere,
} from '../../observe/cgroup.js';
import { nowNs, until } from '../../observe/clock.js';
import { diskLimitIn, diskOf, limitDiskIn } from '../../observe/disk.js';
import { KeptFiles } from '../../observe/kept-files.js';
import { anotherContainer, ENDS_WITHIN_MS } from './another-container.js';
import { freezeIn, limitCpuIn, limitMemoryIn, pinIn } from './cgroup-limits.js';
import { composeBurners } from './compose-burners.js';
import { CLIENT_RESULTS, createClient } from './compose-client.js';
import {
  CLIENT,
  type Cluster,
  type ClusterSpec,
  type Node,
  type NodeState,
  type NodeUsage,
} from './runtime.js';
import { cutPower, type Volume } from './volume.js';

interface Container {
  id: string;
  pid: number;
  folders: CgroupFolders | undefined;
}

interface Inspected {
  Id: string;
  State: { Running: boolean; Pid: number; ExitCode: number; OOMKilled: boolean };
}

const ANY_CPU_QUOTA = -1;

export interface ComposeClusterOptions {
  engine: Engine;
  nodes: readonly Node[];
  spec: ClusterSpec;
  /** The container of each node, by the node's name. */
  containers: ReadonlyMap<string, string>;
  /** The image of the nodes. */
  image: string;
  /** The image of the client, which may be of another release. */
  clientImage: string;
  /** The network of the nodes. */
  network: string;
  networkTools: string;
  volumes: ReadonlyMap<string, Volume>;
  /** A label as `name=value`, which all that belongs to the campaign bears. */
  label: string;
  down: () => Promise<void>;
}

/** A node that joins while another does is refused, and tries again a second later: they come one after another. */
const APART_MS = 250;

/** A cluster of containers: changed through their control groups or Docker's API, observed through their control groups. */
export async function composeCluster(options: ComposeClusterOptions): Promise<Cluster> {
  const { engine, nodes, spec } = options;
  const ids = new Map(options.containers);
  const containers = new Map<string, Container>();
  const files = new KeptFiles();
  const of = (node: Node) => containers.get(node.name)!;
  const groupOf = (node: Node) => of(node).folders!;
  const inspect = (id: string) => engine.call<Inspected>('GET', `/containers/${id}/json`);
  const post = (node: Node, verb: string, body?: unknown) =>
    engine.call('POST', `/containers/${ids.get(node.name)}/${verb}`, body).then(() => {});
  const track = async (node: Node) => {
    const { Id, State } = await inspect(ids.get(node.name)!);
    containers.set(node.name, {
      id: Id,
      pid: State.Pid,
      folders: State.Pid ? cgroupOf(State.Pid) : undefined,
    });
  };
  /** What was said in containers that another has taken the place of. */
  const earlierLogs = new Map<string, string>();
  const logOf = async (node: Node) =>
    (earlierLogs.get(node.name) ?? '') + (await containerLog(engine, ids.get(node.name)!));
  // started here and not by Compose, which returns when the workload already runs
  await Promise.all(
    nodes.slice(0, votersOf(spec.nodeSettings)).map(async (node, i) => {
      await sleep(i * APART_MS);
      await engine.call('POST', `/containers/${ids.get(node.name)}/start`);
      await track(node);
    }),
  );
  const client: Node | null = spec.load ? { name: CLIENT, address: { host: CLIENT, port: 0 } } : null;
  if (client) ids.set(CLIENT, await createClient(nodes, spec, { ...options, image: options.clientImage }));
  const driver = client ?? nodes.find(({ name }) => name === spec.driver)!;
  const host = await engine.call<{ NCPU: number; MemTotal: number; DockerRootDir: string }>('GET', '/info');

  // a client that has not been started yet has not ended
  const condition = client ? '?condition=next-exit' : '';
  const driverExit = engine
    .call<{ StatusCode: number }>('POST', `/containers/${ids.get(driver.name)}/wait${condition}`)
    .then(({ StatusCode }) => StatusCode);
  driverExit.catch(() => {}); // a run that fails takes the cluster down before anybody waits for it

  return {
    nodes,
    driver,
    driverExit,
    ...(client && {
      async startClient() {
        await engine.call('POST', `/containers/${ids.get(CLIENT)}/start`);
        await track(client);
      },
    }),
    async state(node): Promise<NodeState> {
      const { State } = await inspect(ids.get(node.name)!);
      return {
        running: State.Running,
        exitCode: State.Running ? null : State.ExitCode,
        killedForMemory: State.OOMKilled,
      };
    },
    async signal(node, signal) {
      // straight to the process where that is allowed, as with {@link directly}
      if (!mayKill(of(node).pid, signal)) await post(node, `kill?signal=${signal}`);
      // until it is dead it may still answer
      else if (signal === 'SIGKILL') await until(() => isDead(of(node).pid), { everyMs: 1, forMs: 100 });
    },
    async start(node) {
      // what is told to start while it ends is not started again
      const ended = async () => !(await inspect(ids.get(node.name)!)).State.Running || undefined;
      await until(ended, { everyMs: 20, forMs: ENDS_WITHIN_MS });
      await post(node, 'start');
      await track(node);
    },
    async startAs(node, as) {
      const old = ids.get(node.name)!;
      earlierLogs.set(node.name, await logOf(node));
      ids.set(node.name, await anotherContainer(old, node, as, options));
      await post(node, 'start');
      await track(node);
    },
    freeze: (node, frozen) =>
      directly(
        () => freezeIn(groupOf(node), frozen),
        () => post(node, frozen ? 'pause' : 'unpause'),
      ),
    pin(node, cpu) {
      const cpus = cpu === null ? `0-${host.NCPU - 1}` : String(cpu);
      return directly(
        () => pinIn(groupOf(node), cpus),
        () => post(node, 'update', { CpusetCpus: cpus }),
      );
    },
    limitCpu: (node, cpus) =>
      directly(
        () => limitCpuIn(groupOf(node), cpus),
        () =>
          post(node, 'update', {
            CpuPeriod: 100_000,
            CpuQuota: cpus === null ? ANY_CPU_QUOTA : Math.round(cpus * 100_000),
          }),
      ),
    limitMemory: (node, bytes) =>
      directly(
        () => limitMemoryIn(groupOf(node), bytes),
        () =>
          post(node, 'update', {
            Memory: bytes ?? host.MemTotal, // the engine cannot take a memory limit away, only raise it
            MemorySwap: bytes === null ? host.MemTotal * 2 : bytes * 5,
          }),
      ),
    async limitDisk(node, bytesPerS) {
      limitDiskIn(groupOf(node)('blkio'), diskOf(host.DockerRootDir), bytesPerS);
    },
    diskLimit: async (node) => diskLimitIn(groupOf(node)('blkio'), diskOf(host.DockerRootDir)),
    networkShell: (node) => openNetworkShell(of(node).id, options.networkTools, options.label),
    traceShell: (node) => openTraceShell(of(node).id, options.networkTools, options.label),
    volume(node) {
      const volume = options.volumes.get(node.name);
      if (!volume) throw new Error(`${node.name} has no file system of its own`);
      return volume;
    },
    cutPower: () => cutPower([...options.volumes.values()]),
    async usage() {
      const all = client ? [...nodes, client] : nodes;
      return all.flatMap((node): NodeUsage[] => {
        const { folders, pid } = containers.get(node.name) ?? {};
        const time_ns = nowNs();
        const used = folders && cgroupUsage(folders, files.read);
        // kept open, the network's file would keep the network of a dead node
        return used ? [{ time_ns, node: node.name, ...used, ...networkUsage(pid!) }] : [];
      });
    },
    startBurners: (count, cpu) => composeBurners(count, cpu, options),
    async copyResults(folder) {
      const { host, port } = driver.address;
      const path = client ? CLIENT_RESULTS : `/tmp/dqlite-benchmark/${host}:${port}/results`;
      await execa('docker', ['cp', `${ids.get(driver.name)}:${path}/.`, folder]);
    },
    log: logOf,
    async down() {
      files.close();
      await options.down();
    },
  };
}

/** Writes to the control group where that is allowed: the engine's answer takes up to a quarter of a second. */
export async function directly(write: () => void, throughEngine: () => Promise<void>): Promise<void> {
  try {
    write();
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    await throughEngine();
  }
}

function mayKill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return false;
    throw error;
  }
}

function isDead(pid: number): true | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  return stat === undefined || /\) [ZX] /.test(stat) ? true : undefined;
}
