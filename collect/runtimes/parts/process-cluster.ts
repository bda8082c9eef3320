import { mkdirSync, writeFileSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { openShell } from '../../docker/network-shell.js';
import { votersOf } from '../../load/node-roles.js';
import { type CgroupFolders, cgroupUsage } from '../../observe/cgroup.js';
import { nowNs, until } from '../../observe/clock.js';
import { diskLimitIn, diskOf, limitDiskIn } from '../../observe/disk.js';
import { KeptFiles } from '../../observe/kept-files.js';
import { allowedCpus, isStopped, processUsage } from '../../observe/process.js';
import { limitCpuIn, limitMemoryIn } from './cgroup-limits.js';
import { HostBurners } from './host-burners.js';
import { loadConfig, nodeArguments } from './node-arguments.js';
import { makeGroup, removeGroup, removeGroups } from './process-cgroup.js';
import { CLIENT, type Cluster, type ClusterSpec, type Node, type NodeUsage, type Usage } from './runtime.js';
import { cutPower, type Volume } from './volume.js';

/**
 * Opens its log ($0), enters control groups (arguments up to `--`), and then becomes the program, so that nothing of
 * it is outside, and no pipe leads to the collector.
 */
const ENTER =
  'exec >>"$0" 2>&1; while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done; shift; exec "$@"';
const SOON_MS = 2000;

export interface ProcessClusterOptions {
  campaign: string;
  /** What plays the workload, and is every node. */
  program: string;
  nodes: readonly Node[];
  spec: ClusterSpec;
  /** The campaign's own folder. It is made here, and removed with the cluster. */
  folder: string;
  /** What the processes bear in their environment, to be recognised by. */
  mark: Record<string, string>;
  /** The file system of each node, where it has one, by the node's name. */
  volumes: ReadonlyMap<string, Volume>;
  removeVolumes(): Promise<unknown>;
  /** Whether nodes can have control groups. */
  grouped: boolean;
}

interface Running {
  pid: number;
  folders: CgroupFolders | undefined;
  /** The exit code, as a shell counts it; null while it runs. */
  exitCode: number | null;
  ended: Promise<number>;
}

/** A cluster of processes on the loopback: changed by signals and control groups, observed through the kernel's files. */
export function processCluster(options: ProcessClusterOptions): Cluster {
  const { campaign, program, nodes, spec, folder, mark, grouped } = options;
  const client: Node | null = spec.load ? { name: CLIENT, address: { host: CLIENT, port: 0 } } : null;
  const driver = client ?? nodes.find(({ name }) => name === spec.driver)!;
  const running = new Map<string, Running>();
  const files = new KeptFiles();
  const of = (node: Node) => running.get(node.name)!;
  const groupOf = (node: Node) => of(node).folders!;
  const logOf = (node: Node) => join(folder, `${node.name}.log`);
  const everywhere = [...allowedCpus(process.pid)][0]!;

  const clientConfig = join(folder, 'client.json');
  const clientResults = join(folder, 'client-results');
  const dataOf = (node: Node) => join(options.volumes.get(node.name)?.folder ?? folder, node.name);
  const argumentsOf = (node: Node, joined?: readonly Node[]) =>
    node === client
      ? ['load', '--config', clientConfig, '--out', clientResults]
      : nodeArguments(node, nodes, spec, dataOf(node), joined);

  const launch = (node: Node, joined?: readonly Node[]) => {
    if (grouped) removeGroup(campaign, node.name); // a node that is started again counts from 0
    const group = grouped ? makeGroup(campaign, node.name) : undefined;
    const args = argumentsOf(node, joined);
    // its log may be asked for before it has said anything
    writeFileSync(logOf(node), '', { flag: 'a' });
    // in a process group of its own: a Ctrl-C is for the collector, which takes the cluster down
    const child = execa('sh', ['-c', ENTER, logOf(node), ...(group?.entries ?? []), '--', program, ...args], {
      detached: true,
      cleanup: false,
      reject: false,
      stdio: 'ignore',
      env: mark,
    });
    const ended = child.then(({ exitCode, signal }) => exitCode ?? 128 + constants.signals[signal!]);
    const state: Running = { pid: child.pid!, folders: group?.folders, exitCode: null, ended };
    ended.then((code) => {
      state.exitCode = code;
    });
    running.set(node.name, state);
  };

  const down = async () => {
    files.close();
    for (const { pid, exitCode } of running.values()) if (exitCode === null) process.kill(pid, 'SIGKILL');
    await Promise.all([...running.values()].map(({ ended }) => ended));
    if (grouped) removeGroups(campaign);
    await rm(folder, { recursive: true, force: true });
    await options.removeVolumes();
  };

  const usedBy = (node: Node): Usage | undefined => {
    const { pid, folders, exitCode } = running.get(node.name) ?? { exitCode: 0 };
    if (exitCode !== null || pid === undefined) return undefined;
    if (!folders) return processUsage(pid);
    const used = cgroupUsage(folders, files.read);
    return used && { ...used, received_bytes: null, sent_bytes: null };
  };

  mkdirSync(folder, { mode: 0o700 });
  for (const node of nodes.slice(0, votersOf(spec.nodeSettings))) launch(node);
  let clientStarted = () => {};
  const started = client
    ? new Promise<void>((resolve) => {
        clientStarted = resolve;
      })
    : Promise.resolve();

  return {
    nodes,
    driver,
    driverExit: started.then(() => of(driver).ended),
    ...(client && {
      async startClient() {
        mkdirSync(clientResults, { recursive: true });
        writeFileSync(clientConfig, loadConfig(nodes, spec));
        launch(client);
        clientStarted();
      },
    }),
    async state(node) {
      const { exitCode, folders } = running.get(node.name) ?? { exitCode: 0 };
      const killed = (folders && cgroupUsage(folders)?.oom_kills) ?? 0;
      return { running: exitCode === null, exitCode, killedForMemory: exitCode !== null && killed > 0 };
    },
    async signal(node, signal) {
      process.kill(of(node).pid, signal);
      if (signal === 'SIGKILL') await of(node).ended; // until it is dead it may still answer
    },
    async start(node) {
      // one that was never started has not ended
      await running.get(node.name)?.ended;
      launch(node);
    },
    async startAs(node, as) {
      if ('release' in as) throw new Error(`${node.name} can only be of this machine's release`);
      await running.get(node.name)?.ended;
      await rm(dataOf(node), { recursive: true, force: true });
      launch(
        node,
        nodes.filter((one) => one !== node),
      );
    },
    async freeze(node, frozen) {
      const { pid } = of(node);
      process.kill(pid, frozen ? 'SIGSTOP' : 'SIGCONT');
      const done = await until(() => isStopped(pid) === frozen || undefined, { everyMs: 1, forMs: SOON_MS });
      if (!done) throw new Error(`${node.name} did not ${frozen ? 'stop' : 'go on'} when it was told to`);
    },
    async pin(node, cpu) {
      const { pid } = of(node);
      const wanted = cpu === null ? everywhere : String(cpu);
      // again while a thread that was just started has been missed
      const done = await until(
        async () => {
          await execa('taskset', ['-a', '-c', '-p', wanted, String(pid)], { reject: false });
          const [list, ...others] = allowedCpus(pid);
          return (list === wanted && others.length === 0) || undefined;
        },
        { everyMs: 1, forMs: SOON_MS },
      );
      if (!done) throw new Error(`${node.name} could not be bound to CPU ${wanted}`);
    },
    async limitCpu(node, cpus) {
      limitCpuIn(groupOf(node), cpus);
    },
    async limitMemory(node, bytes) {
      limitMemoryIn(groupOf(node), bytes);
    },
    async limitDisk(node, bytesPerS) {
      limitDiskIn(groupOf(node)('blkio'), diskOf(folder), bytesPerS);
    },
    diskLimit: async (node) => diskLimitIn(groupOf(node)('blkio'), diskOf(folder)),
    async networkShell(node) {
      throw new Error(`${node.name} has no network of its own`);
    },
    async traceShell(node) {
      // a process group of its own, so that a Ctrl-C is for the collector alone, with which it ends
      const shell = await openShell('setpriv', ['--pdeathsig', 'TERM', 'sh'], { env: mark, detached: true });
      return { ...shell, folder, pid: async () => of(node).pid };
    },
    volume(node) {
      const volume = options.volumes.get(node.name);
      if (!volume) throw new Error(`${node.name} has no file system of its own`);
      return volume;
    },
    cutPower: () => cutPower([...options.volumes.values()]),
    async usage() {
      return [...nodes, ...(client ? [client] : [])].flatMap((node): NodeUsage[] => {
        const time_ns = nowNs();
        const used = usedBy(node);
        return used ? [{ time_ns, node: node.name, ...used }] : [];
      });
    },
    startBurners: (count, cpu) =>
      HostBurners.start(count, {
        cpu,
        entries: (i) => (grouped ? makeGroup(campaign, `burner${i + 1}`).entries : []),
        ended: () => {
          if (grouped) for (let i = 1; i <= count; i++) removeGroup(campaign, `burner${i}`);
        },
      }),
    async copyResults(to) {
      const { host, port } = driver.address;
      const from = client ? clientResults : join(folder, driver.name, `${host}:${port}`, 'results');
      await cp(from, to, { recursive: true });
    },
    log: (node) => readFile(logOf(node), 'utf8'),
    down,
  };
}
