import { UserError } from '../../../src/common/errors.js';
import { imageName } from '../../image/build.js';
import { imageId } from './copy-images.js';
import { type Forward, forward } from './forward.js';
import { openHelper } from './helper.js';
import { exactNs, measureOffset } from './host-clock.js';
import { type Host, readHosts } from './hosts-file.js';

/** What a host has, or why that cannot be said. */
export interface HostReport {
  readonly host: Host;
  /** Why it cannot be used; null where it can. */
  readonly lacks: string | null;
  readonly found: Readonly<Record<string, string>>;
}

interface Info {
  ServerVersion: string;
  KernelVersion: string;
  NCPU: number;
  MemTotal: number;
  CgroupVersion: string;
  Driver: string;
}

const ms = (ns: bigint) => (Number(ns) / 1e6).toFixed(1);

/** Looks at every host that a file names. @throws UserError where the file cannot be read */
export async function checkHosts(file: string, port: number, release: string): Promise<HostReport[]> {
  const { hosts, ssh_config } = readHosts(file);
  const forwards = await Promise.all(hosts.map((host) => forward(host, port, ssh_config)));
  try {
    return await Promise.all(forwards.map((one) => look(one, hosts, release)));
  } finally {
    for (const one of forwards) await one.close();
  }
}

async function look(open: Forward, hosts: readonly Host[], release: string): Promise<HostReport> {
  const { host, engine } = open;
  const lacks = await open.lacks();
  if (lacks) return { host, lacks, found: {} };
  const info = await engine.call<Info>('GET', '/info');
  const image = imageName('network-tools', release);
  const has = (await imageId(engine, image)) !== undefined;
  const found = {
    engine: info.ServerVersion,
    image: has ? 'there' : `missing: npm run hosts -- prepare FILE --releases ${release}`,
    kernel: info.KernelVersion,
    cores: String(info.NCPU),
    memory: `${(info.MemTotal / 2 ** 30).toFixed(1)} GiB`,
    'control groups': `version ${info.CgroupVersion}`,
  };
  return {
    host,
    lacks: null,
    found: has ? { ...found, ...(await lookInside(open, hosts, image)) } : found,
  };
}

/** What only a container on the host can tell: its disk, its clock beside the one here, and the ways to the other hosts. */
async function lookInside(open: Forward, hosts: readonly Host[], image: string) {
  const name = `dqlite-reliability-check-${process.pid}`;
  const label = `dqlite-reliability.campaign=check-${process.pid}`;
  const helper = await openHelper(open, { image, label, name, port: null, cgroupVersion: 1 });
  try {
    const { offsetNs, errorNs } = await measureOffset(() => helper.now(), exactNs, 30);
    const shell = await helper.networkShell();
    const ways: string[] = [];
    for (const { name: other, address } of hosts.filter((one) => one !== open.host)) {
      const printed = await shell.run(`ping -n -c 3 -i 0.2 -W 1 ${address} || true`);
      const rtt = /= [\d.]+\/([\d.]+)\//.exec(printed)?.[1];
      ways.push(rtt ? `${other} ${rtt} ms` : `${other} does not answer`);
    }
    const disk = await shell.run('df -P -k /');
    await shell.close();
    return {
      disk: diskWords(disk),
      clock: `${ms(offsetNs)} ± ${ms(errorNs)} ms ahead of this machine`,
      'round trips': ways.join(', '),
    };
  } finally {
    await helper.close();
  }
}

/** What `df` says of where the engine keeps containers: their root lies there. */
function diskWords(printed: string): string {
  const [, size, , free] = printed.trim().split('\n').at(-1)!.split(/\s+/);
  const gib = (kib: string | undefined) => (Number(kib) / 2 ** 20).toFixed(1);
  return `${gib(free)} GiB free of ${gib(size)} GiB`;
}

/** @throws UserError that names the hosts that cannot be used */
export function requireAll(reports: readonly HostReport[]): void {
  const lacking = reports.flatMap(({ host, lacks }) => (lacks ? [`host ${host.name}: ${lacks}`] : []));
  if (lacking.length > 0) throw new UserError(lacking.join('\n'));
}
