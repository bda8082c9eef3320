import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';

/** What faults and clusters are made of, as the kernel and the engine list it: for each kind, one line a thing. */
export type MachineState = Readonly<Record<string, readonly string[]>>;

/** Commands of nodes, clients and faults; the collector's own begins with node. */
const PROGRAM =
  /^(?!\S*node\s).*\b(client|dqlite\S*|kvreadwrite|write100-then-read|nfq-delay|strace|burner)(\s|$)/;

/** Reads all of it, so that two looks can be compared: what the second has in addition was left behind. */
export async function machineState(): Promise<MachineState> {
  return {
    containers: await lines('docker', 'ps', '-a', '--format', '{{.Names}}'),
    networks: await lines('docker', 'network', 'ls', '--format', '{{.Name}}'),
    volumes: await lines('docker', 'volume', 'ls', '-q'),
    'iptables rules': (
      await Promise.all(
        ['filter', 'mangle', 'nat'].map((table) => lines('iptables', '-w', '-t', table, '-S')),
      )
    ).flat(),
    qdiscs: await lines('tc', 'qdisc', 'show'),
    'packet queues': await fileLines('/proc/net/netfilter/nfnetlink_queue'),
    'loop devices': await lines('losetup', '-a'),
    mounts: (await fileLines('/proc/self/mounts')).filter((line) => !line.startsWith('overlay ')),
    swap: await fileLines('/proc/swaps'),
    'control groups': await lines('find', '/sys/fs/cgroup', '-type', 'd', '-name', '*dqlite-reliability*'),
    processes: await processes(),
    'files in /tmp': await ours('/tmp'),
    'files in /var/tmp': await ours('/var/tmp'),
  };
}

/** What `after` has and `before` has not, in words; empty where nothing was left behind. */
export function leftBehind(before: MachineState, after: MachineState): string[] {
  return Object.entries(after).flatMap(([kind, now]) => {
    const known = new Set(before[kind]);
    return now.filter((line) => !known.has(line)).map((line) => `${kind}: ${line}`);
  });
}

async function lines(command: string, ...args: string[]): Promise<string[]> {
  return (await execa(command, args, { lines: true })).stdout.filter(Boolean);
}

async function fileLines(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(Boolean);
}

async function processes(): Promise<string[]> {
  const all = await lines('ps', '-eo', 'args=,pid=');
  return all.filter((line) => PROGRAM.test(line));
}

/** The folders of clusters; locks, which hold nothing, stay. */
async function ours(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^dqlite-reliability-/.test(name));
}
