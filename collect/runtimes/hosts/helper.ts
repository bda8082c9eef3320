import { openShell } from '../../docker/network-shell.js';
import { type CgroupFolders, cgroupOf, cgroupUsage, networkUsage } from '../../observe/cgroup.js';
import { cpuLimit, freezing, type Setting } from '../parts/cgroup-limits.js';
import type { EndingSignal, NetworkShell, NodeUsage } from '../parts/runtime.js';
import { closeFirewall, forCluster, openFirewall } from './firewall.js';
import type { Forward } from './forward.js';
import { filesIn, print } from './printed-files.js';

/** One container on a host, in the host's namespaces, that looks around, sets the firewall and does to nodes what must be on time. */
export interface Helper {
  /** The host's clock, Unix time in ns. */
  now(): Promise<bigint>;
  /** Where the control group of a process is. */
  groupOf(pid: number): Promise<CgroupFolders | undefined>;
  /** What a node's process uses, by the host's clock; undefined where it is gone. */
  usage(node: string, pid: number, group: CgroupFolders): Promise<NodeUsage | undefined>;
  hostCpu(): Promise<string>;
  /** Sends a signal to the process of a container, and of SIGKILL waits until it is dead; whether it was there and allowed. */
  signal(pid: number, container: string, signal: EndingSignal): Promise<boolean>;
  /** Freezes or thaws a container's processes; whether the host allowed it. */
  freeze(group: CgroupFolders, frozen: boolean): Promise<boolean>;
  /** Limits (or with null frees) the CPUs of a container; whether the host allowed it. */
  limitCpu(group: CgroupFolders, cpus: number | null): Promise<boolean>;
  /** A shell for the chains that the cluster's traffic passes. */
  networkShell(): Promise<NetworkShell>;
  /** Resolves when it has ended, wanted or not. */
  readonly ended: Promise<void>;
  /** Takes the firewall away, and ends. */
  close(): Promise<void>;
}

interface HelperSetting {
  readonly image: string;
  readonly label: string;
  readonly name: string;
  /** The nodes' port, whose packets pass chains of their own; null where the firewall is left alone. */
  readonly port: number | null;
  readonly cgroupVersion: 1 | 2;
}

/** Starts it; with its input, and so with the collector, it ends and takes its firewall away. */
export async function openHelper(open: Forward, setting: HelperSetting): Promise<Helper> {
  const { image, label, name, port, cgroupVersion: version } = setting;
  const engine = ['-H', `unix://${open.socket}`];
  const namespaces = ['--network', 'host', '--pid', 'host', '--cgroupns', 'host', '--cap-add', 'NET_ADMIN'];
  const groups = ['-v', '/sys/fs/cgroup:/sys/fs/cgroup'];
  const run = ['run', '--rm', '-i', '--name', name, ...namespaces, ...groups, '--label', label, image, 'sh'];
  const shell = await openShell('docker', [...engine, ...run], { detached: true });
  if (port !== null) await shell.run(`trap '${closeFirewall(port)}' EXIT; ${openFirewall(port)}`);
  const set = async (settings: readonly Setting[]) => {
    const writes = settings.map(([path, value]) => `echo '${value}' > '${path}'`);
    return (await shell.ask(`{ ${[...writes, 'echo written'].join(' && ')}; } 2>/dev/null || true`)).includes(
      'written',
    );
  };
  return {
    now: async () => BigInt(await shell.ask('date +%s%N')),
    async groupOf(pid) {
      const path = `/proc/${pid}/cgroup`;
      const seen = filesIn(await shell.ask(print([path])));
      return cgroupOf(pid, (file) => seen.get(file), version);
    },
    async usage(node, pid, group) {
      const network = `/proc/${pid}/net/dev`;
      const wanted = [...filesOf(group, version), network];
      const [stamp = '', ...rest] = (await shell.ask(`date +%s%N; ${print(wanted)}`)).split('\n');
      const seen = filesIn(rest.join('\n'));
      const used = cgroupUsage(group, (path) => seen.get(path), version);
      return (
        used && { time_ns: BigInt(stamp), node, ...used, ...networkUsage(pid, (path) => seen.get(path)) }
      );
    },
    hostCpu: () => shell.ask('head -1 /proc/stat'),
    async signal(pid, container, signal) {
      const name = signal.slice('SIG'.length);
      // the engine buries it later
      const alive = `grep -q '^State:.[^ZX]' /proc/${pid}/status`;
      const dead = `for i in $(seq 200); do ${alive} || break; sleep 0.005; done`;
      // a number that the host has given to another process since is left alone
      const sent = `grep -q ${container} /proc/${pid}/cgroup && kill -s ${name} ${pid} && echo sent`;
      return (
        await shell.ask(`{ ${sent}${signal === 'SIGKILL' ? `; ${dead}` : ''}; } 2>/dev/null || true`)
      ).includes('sent');
    },
    freeze: (group, frozen) => set(freezing(group, frozen, version)),
    limitCpu: (group, cpus) => set(cpuLimit(group, cpus, version)),
    async networkShell() {
      const own = await openShell('docker', [...engine, 'exec', '-i', name, 'sh'], { detached: true });
      return { ...own, run: (command) => own.run(forCluster(command)) };
    },
    ended: shell.ended,
    close: () => shell.close(),
  };
}

/** The files that {@link cgroupUsage} reads. */
function filesOf(group: CgroupFolders, version: 1 | 2): string[] {
  const wanted = new Set<string>();
  cgroupUsage(
    group,
    (path) => {
      wanted.add(path);
      return '0';
    },
    version,
  );
  return [...wanted];
}
