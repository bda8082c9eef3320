import { UserError } from '../../src/common/errors.js';
import { DEFAULT_RELEASE } from '../../src/vocabulary/releases.js';
import { WORKLOADS } from '../../src/vocabulary/workloads.js';
import { localEngine } from '../docker/api.js';
import { removeAll } from '../docker/containers.js';
import { buildImage, imageName, type Target, versionsIn } from '../image/build.js';
import { nodeNames } from '../load/node-roles.js';
import compose from './compose.js';
import { hostsCluster, type OpenHost } from './hosts/cluster.js';
import { copyImages, imageId } from './hosts/copy-images.js';
import { type Forward, forward } from './hosts/forward.js';
import { openHelper } from './hosts/helper.js';
import { exactNs, HostClock, measureOffset } from './hosts/host-clock.js';
import { readHosts } from './hosts/hosts-file.js';
import type { Capability, ClusterSpec, Runtime, RuntimeKind } from './parts/runtime.js';

/** The nodes', on the address that was named. */
export const PORT = 9001;

export default { open: hostsRuntime, releases: compose.releases } satisfies RuntimeKind;

/** A container on each of several hosts, whose engines are reached by ssh. `say` is told what takes long. */
export function hostsRuntime(campaign: string, say: (text: string) => void, file?: string): Runtime {
  const label = `dqlite-reliability.campaign=${campaign}`;
  const helperName = `dqlite-reliability-${campaign}-helper`;
  let opened: Promise<Forward[]> | undefined;
  const hosts = () => {
    opened ??= openAll(file);
    return opened;
  };
  const helperOn = async (open: Forward, release: string) => {
    const { CgroupVersion } = await open.engine.call<{ CgroupVersion: string }>('GET', '/info');
    const cgroupVersion = CgroupVersion === '2' ? 2 : 1;
    const image = imageName('network-tools', release);
    return openHelper(open, { image, label, name: helperName, port: PORT, cgroupVersion });
  };
  let toolsRelease: string = DEFAULT_RELEASE;
  return {
    name: 'hosts',
    async prepare(release, workloads) {
      toolsRelease = release;
      const local = localEngine();
      const programs = [...workloads].map((name) => WORKLOADS[name].program);
      const targets = new Set<Target>(['network-tools', ...programs]);
      const images = new Map<string, string>();
      for (const target of targets)
        images.set(imageName(target, release), await buildImage(local, target, release, say));
      const all = await answering(await hosts());
      for (const host of all) await copyImages(host, images, say);
      const nodes = imageName(programs[0] ?? 'kvreadwrite', release);
      const { Version } = await all[0]!.engine.call<{ Version: string }>('GET', '/version');
      return {
        ...(await versionsIn(nodes)),
        image_id: images.get(nodes) ?? null,
        docker_version: Version,
        compose_version: null,
      };
    },
    lacks: async (capability) => LACKS[capability],
    async up(spec) {
      const names = nodeNames(spec.nodeSettings);
      const forwards = place(await hosts(), names.length, spec);
      const open: OpenHost[] = [];
      const down = async () => {
        await Promise.all(open.map(({ helper }) => helper.close()));
        await removeFrom(forwards, label);
      };
      try {
        for (const one of await Promise.all(
          forwards.map(async (one) => ({
            ...one,
            helper: await helperOn(one, spec.release),
            clock: new HostClock(),
          })),
        ))
          open.push(one);
        for (const { helper, clock } of open)
          clock.offsets.push(await measureOffset(() => helper.now(), exactNs));
        return await hostsCluster({
          hosts: open,
          nodes: names.map((name, i) => ({
            name,
            address: { host: forwards[i]!.host.address, port: PORT, socket: forwards[i]!.nodeSocket },
          })),
          spec,
          image: imageName(WORKLOADS[spec.workload].program, spec.release),
          clientImage: imageName(
            WORKLOADS[spec.workload].program,
            spec.load?.settings.release ?? spec.release,
          ),
          networkTools: imageName('network-tools', spec.release),
          label,
          down,
        });
      } catch (error) {
        await down().catch(() => {}); // why it could not be brought up says more
        throw error;
      }
    },
    async removeLeftovers() {
      const all = await hosts();
      const removed = await removeFrom(all, label);
      // of a helper that was killed, the firewall is left, which another takes away when it ends
      for (const one of all) {
        if (!(await imageId(one.engine, imageName('network-tools', toolsRelease)))) continue;
        await (await helperOn(one, toolsRelease)).close();
      }
      return removed;
    },
    async close() {
      for (const one of (await opened?.catch(() => [])) ?? []) await one.close();
    },
  };
}

const LACKS: Partial<Record<Capability, string>> = {
  burners: 'burners are not started on other hosts',
  'disk-limit': 'disks of other hosts are not limited',
  delay: 'all that the hosts receive would be delayed, and not the cluster alone',
  'packet-queue': 'all that the hosts receive would wait, and not the cluster alone',
  rate: 'all that the hosts send would be slowed down, and not the cluster alone',
  volumes: 'nodes on other hosts have no file systems of their own',
  'tcp-settings': 'the settings of TCP would be those of the whole hosts',
};

async function openAll(file: string | undefined): Promise<Forward[]> {
  if (!file) {
    throw new UserError(
      'the hosts runtime needs --hosts FILE, which names the hosts: see collect/runtimes/hosts/README.md',
    );
  }
  const { hosts, ssh_config } = readHosts(file);
  return Promise.all(hosts.map((host) => forward(host, PORT, ssh_config)));
}

/** @throws UserError that names every host that does not answer */
async function answering(hosts: readonly Forward[]): Promise<readonly Forward[]> {
  const lacking = await Promise.all(hosts.map((one) => one.lacks()));
  const silent = hosts.flatMap(({ host }, i) => (lacking[i] ? [`host ${host.name}: ${lacking[i]}`] : []));
  if (silent.length > 0) throw new UserError(silent.join('\n'));
  return hosts;
}

/** The host of each node, and then that of the client where there is one. */
function place(hosts: readonly Forward[], nodes: number, { load }: ClusterSpec): Forward[] {
  const forNodes = hosts.filter(({ host }) => host.role === 'node');
  const forClient = hosts.find(({ host }) => host.role === 'client');
  if (forNodes.length < nodes) {
    throw new UserError(
      `the hosts file names ${forNodes.length} hosts with the role node: expected ${nodes}`,
    );
  }
  if (load && !forClient) {
    throw new UserError('the hosts file names no host with the role client: expected one, for the client');
  }
  return [...forNodes.slice(0, nodes), ...(load && forClient ? [forClient] : [])];
}

/** Removes what bears the label from every host that answers; then says which did not. */
async function removeFrom(hosts: readonly Forward[], label: string): Promise<string[]> {
  const removed = await Promise.allSettled(
    hosts.map(async ({ host, engine }) =>
      (await removeAll(engine, label)).map((name) => `${name} on ${host.name}`),
    ),
  );
  const failed = removed.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return removed.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}
