import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../src/common/errors.js';
import { WORKLOADS } from '../../src/vocabulary/workloads.js';
import { buildOnHost } from '../image/build-on-host.js';
import { nodeNames } from '../load/node-roles.js';
import { readIfThere } from '../observe/cgroup.js';
import { until } from '../observe/clock.js';
import { diskLimitLacks } from '../observe/disk.js';
import { processesWith } from '../observe/process.js';
import { kernelError } from '../worldly-reason.js';
import { freePorts } from './parts/free-ports.js';
import { groupsLack, removeGroups } from './parts/process-cgroup.js';
import { processCluster } from './parts/process-cluster.js';
import type { Capability, Runtime, RuntimeKind } from './parts/runtime.js';
import { makeVolumes, removeVolumes, volumesLack } from './parts/volumes.js';

const HOST = '127.0.0.1';
/** What every process of a campaign bears in its environment, with the campaign's name. */
export const MARK = 'DQLITE_RELIABILITY_CAMPAIGN';
/** Not below /tmp, which may be kept in memory: a node writes to a disk. */
const PARENT = process.env['TMPDIR'] || '/var/tmp';

/** The folder in which a campaign's nodes keep their data while they run. */
export function processFolder(campaign: string): string {
  return join(PARENT, `dqlite-reliability-${campaign}`);
}

export default { open: processRuntime, releases: requireHostRelease } satisfies RuntimeKind;

/** Processes of this machine on its loopback, where no Docker engine can run. `say` is told what takes long. */
export function processRuntime(campaign: string, say: (text: string) => void): Runtime {
  const folder = processFolder(campaign);
  const programs = new Map<string, string>([['kvreadwrite', 'dqlite-benchmark']]);
  let groups: { lack: string | undefined } | undefined;
  const noGroups = () => {
    groups ??= { lack: groupsLack(campaign) };
    return groups.lack;
  };

  return {
    name: 'process',
    async prepare(release, workloads) {
      requireHostRelease([release]);
      const versions = await installedVersions();
      const sources = `${release} ${versions.dqlite_version} ${versions.go_dqlite_version}`;
      for (const { program, built } of [...workloads].map((name) => WORKLOADS[name])) {
        if (built) programs.set(program, await buildOnHost(program, sources, say));
      }
      return { ...versions, image_id: null, docker_version: null, compose_version: null };
    },
    async lacks(capability) {
      if (capability === 'volumes') return volumesLack(campaign);
      return lacks(capability, noGroups());
    },
    async up(spec) {
      const names = nodeNames(spec.nodeSettings);
      const ports = await freePorts(HOST, names.length);
      const nodes = names.map((name, i) => ({ name, address: { host: HOST, port: ports[i]! } }));
      const program = programs.get(WORKLOADS[spec.workload].program)!;
      const mark = { [MARK]: campaign };
      const volumes = spec.volumeMB ? await makeVolumes(campaign, names, spec.volumeMB) : new Map();
      return processCluster({
        ...{ campaign, program, nodes, spec, folder, mark, volumes, grouped: !noGroups() },
        removeVolumes: async () => spec.volumeMB && removeVolumes(campaign),
      });
    },
    async removeLeftovers() {
      const removed: string[] = [];
      // recognised by what they were started with, and not by a number that may be another's by now
      for (const pid of processesWith(MARK, campaign)) {
        try {
          process.kill(pid, 'SIGKILL');
          removed.push(`process ${pid}`);
        } catch (error) {
          if (kernelError(error).code !== 'ESRCH') throw error; // it has ended by itself
        }
      }
      await until(() => processesWith(MARK, campaign).length === 0 || undefined, { everyMs: 5, forMs: 5000 });
      if (removeGroups(campaign)) removed.push('its control groups');
      if (existsSync(folder)) {
        await rm(folder, { recursive: true, force: true });
        removed.push(folder);
      }
      return [...removed, ...(await removeVolumes(campaign))];
    },
  };
}

/**
 * The release of this machine, the only one that this runtime can run.
 * @throws UserError where another is named
 */
export function requireHostRelease(named: readonly string[] = []): string[] {
  const host = hostRelease();
  const others = named.filter((release) => release !== host);
  if (others.length === 0) return [host];
  throw new UserError(
    `the process runtime runs the dqlite of this machine, which is ${host}: it cannot run ${others.join(', ')}; leave that out, or use --runtime compose`,
  );
}

/** The release whose packages this machine has, such as bookworm. */
export function hostRelease(osRelease = readIfThere('/etc/os-release') ?? ''): string {
  const field = (name: string) => new RegExp(`^${name}=["']?([^"'\n]+)`, 'm').exec(osRelease)?.[1];
  const codename = field('VERSION_CODENAME') ?? field('VERSION_ID');
  if (field('ID') === 'debian') return codename ?? 'sid';
  return [field('ID') ?? 'unknown', codename].filter(Boolean).join('-');
}

async function lacks(capability: Capability, noGroups: string | undefined): Promise<string | undefined> {
  switch (capability) {
    case 'signals':
    case 'members':
    case 'burners':
    case 'freezer':
      return undefined;
    case 'pinning':
      return isOnPath('taskset') ? undefined : 'taskset is not installed (Debian package util-linux)';
    case 'cpu-limit':
    case 'memory-limit':
      return noGroups;
    case 'disk-limit':
      return noGroups ?? diskLimitLacks(PARENT);
    case 'volumes':
      return undefined;
    case 'tracing': {
      if (!isOnPath('strace')) return 'strace is not installed (Debian package strace)';
      const tried = await execa('strace', ['-f', '-o', '/dev/null', 'true'], { reject: false, all: true });
      return tried.failed ? `processes cannot be traced here: ${tried.all.trim()}` : undefined;
    }
    case 'releases':
      return 'the process runtime runs the dqlite of this machine, of which there is one release; --runtime compose has several';
    case 'tcp-settings':
      return 'in the process runtime the nodes share the TCP settings of this machine; --runtime compose has them';
    case 'network':
    case 'delay':
    case 'packet-queue':
    case 'rate':
      return 'in the process runtime the nodes share the loopback of this machine and have no network of their own; --runtime compose has it';
  }
}

function isOnPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, command)));
}

/** Versions of the host's packages; null where they did not come as Debian packages. */
async function installedVersions() {
  const { stdout } = await execa('dpkg-query', ['-W', 'libdqlite*', 'go-dqlite'], { reject: false });
  const version = (pattern: RegExp) => pattern.exec(stdout ?? '')?.[1] ?? null;
  return {
    dqlite_version: version(/^libdqlite\d[^\t]*\t(\S+)/m),
    go_dqlite_version: version(/^go-dqlite\t(\S+)/m),
  };
}
