import { execa } from 'execa';
import { UserError, unknownName } from '../../src/common/errors.js';
import { DEFAULT_RELEASE, RELEASES, type Release } from '../../src/vocabulary/releases.js';
import { WORKLOADS } from '../../src/vocabulary/workloads.js';
import { type Engine, localEngine } from '../docker/api.js';
import { compose as findCompose } from '../docker/compose-command.js';
import { containersOf, removeAll } from '../docker/containers.js';
import { freeSubnet } from '../docker/subnet.js';
import { buildImage, imageName, versionsIn } from '../image/build.js';
import { nodeNames } from '../load/node-roles.js';
import { diskLimitLacks } from '../observe/disk.js';
import { composeCluster } from './parts/compose-cluster.js';
import { composeFile } from './parts/compose-file.js';
import type { Capability, ClusterSpec, Runtime, RuntimeKind } from './parts/runtime.js';
import type { HostVolume } from './parts/volume.js';
import { makeVolumes, removeVolumes, volumesLack } from './parts/volumes.js';

const CAMPAIGN_LABEL = 'dqlite-reliability.campaign';

export default {
  open: (campaign, say) => composeRuntime(campaign, say),
  releases(named = [DEFAULT_RELEASE]) {
    const unknown = named.find((release) => !RELEASES.includes(release as Release));
    if (unknown !== undefined) throw unknownName('release', unknown, RELEASES);
    return named;
  },
} satisfies RuntimeKind;

/** Containers of an engine, on a network of their own. `say` is told what takes long. */
export function composeRuntime(
  campaign: string,
  say: (text: string) => void,
  engine: Engine = localEngine(),
): Runtime {
  const project = `dqlite-reliability-${campaign}`;
  const label = `${CAMPAIGN_LABEL}=${campaign}`;
  let toolsRelease: string = DEFAULT_RELEASE;

  return {
    name: 'compose',
    async prepare(release, workloads) {
      toolsRelease = release;
      await buildImage(engine, 'network-tools', release, say);
      let image_id: string | null = null;
      const programs = new Set([...workloads].map((name) => WORKLOADS[name].program));
      for (const program of programs) image_id = await buildImage(engine, program, release, say);
      const [program = 'kvreadwrite'] = programs;
      const { Version } = await engine.call<{ Version: string }>('GET', '/version');
      return {
        ...(await versionsIn(imageName(program, release))),
        image_id,
        docker_version: Version,
        compose_version: (await findCompose()).version,
      };
    },
    async lacks(capability) {
      if (capability === 'volumes') return volumesLack(campaign);
      const tools = async () => {
        await buildImage(engine, 'network-tools', toolsRelease, say);
        return imageName('network-tools', toolsRelease);
      };
      return lacks(engine, capability, tools);
    },
    async up(spec) {
      const down = async () => {
        await removeAll(engine, label);
        if (spec.volumeMB) await removeVolumes(campaign);
      };
      const names = nodeNames(spec.nodeSettings);
      const volumes = spec.volumeMB ? await makeVolumes(campaign, names, spec.volumeMB) : new Map();
      const undo = () => removeAll(engine, label);
      const { nodes, failure } = await create({ spec, names, volumes, campaign, project, undo });
      if (failure) await down();
      if (failure) throw new UserError(`the cluster could not be created: ${failure}`);
      const containers = await containersOf(engine, label);
      return composeCluster({
        engine,
        nodes,
        spec,
        containers: new Map(
          containers.map(({ Id, Labels }) => [Labels['dqlite-reliability.node'] ?? '', Id]),
        ),
        image: imageName(WORKLOADS[spec.workload].program, spec.release),
        clientImage: imageName(WORKLOADS[spec.workload].program, spec.load?.settings.release ?? spec.release),
        network: `${project}_cluster`,
        volumes,
        networkTools: imageName('network-tools', spec.release),
        label,
        down,
      });
    },
    // what the file systems are mounted for goes first
    removeLeftovers: async () => [...(await removeAll(engine, label)), ...(await removeVolumes(campaign))],
  };
}

const CREATE_ATTEMPTS = 5;

interface Creation {
  spec: ClusterSpec;
  names: readonly string[];
  volumes: ReadonlyMap<string, HostVolume>;
  campaign: string;
  project: string;
  undo: () => Promise<unknown>;
}

/** Has Compose create the containers and their network; in another subnet when a campaign beside it was faster. */
async function create({ spec, names, volumes, campaign, project, undo }: Creation) {
  const { command } = await findCompose();
  const image = imageName(WORKLOADS[spec.workload].program, spec.release);
  for (let attempt = 0; ; attempt++) {
    const subnet = freeSubnet(undefined, attempt);
    const nodes = names.map((name, i) => ({ name, address: { host: `${subnet}.${11 + i}`, port: 9001 } }));
    const input = JSON.stringify(composeFile({ nodes, spec, image, subnet, campaign, volumes }));
    const args = [...command.slice(1), '-p', project, '-f', '-', 'up', '--no-start', '--no-build'];
    const created = await execa(command[0]!, args, { input, reject: false, all: true });
    if (!created.failed) return { nodes };
    await undo();
    if (attempt < CREATE_ATTEMPTS && /overlap/i.test(created.all)) continue;
    return { nodes, failure: lastLines(created.all) };
  }
}

async function lacks(
  engine: Engine,
  capability: Capability,
  tools: () => Promise<string>,
): Promise<string | undefined> {
  if (capability === 'disk-limit') {
    return diskLimitLacks((await engine.call<{ DockerRootDir: string }>('GET', '/info')).DockerRootDir);
  }
  const trial = TRIALS[capability];
  if (!trial) return undefined;
  let image: string;
  try {
    image = await tools();
  } catch (error) {
    if (error instanceof UserError) return `it cannot be tried here: ${error.message}`;
    throw error;
  }
  const { failed, all } = await execa(
    'docker',
    ['run', '--rm', '--network', 'none', ...trial.options, image, 'sh', '-c', trial.command],
    { reject: false, all: true },
  );
  return failed ? `${trial.refused}: ${lastLines(all)}` : undefined;
}

/** What is tried in a container to see whether this host has a capability. */
const TRIALS: Partial<Record<Capability, { options: string[]; command: string; refused: string }>> = {
  network: {
    options: ['--cap-add', 'NET_ADMIN'],
    command: 'iptables -w -L -n && tc qdisc show',
    refused: 'this kernel refuses iptables',
  },
  delay: {
    options: ['--cap-add', 'NET_ADMIN'],
    command: 'tc qdisc add dev lo root netem delay 1ms 2>/dev/null || nfq-delay try',
    refused: 'this kernel refuses both netem and queues of packets',
  },
  'packet-queue': {
    options: ['--cap-add', 'NET_ADMIN'],
    command: 'nfq-delay try',
    refused: 'this kernel refuses queues of packets',
  },
  tracing: {
    options: ['--cap-add', 'SYS_PTRACE'],
    command: 'strace -f -o /dev/null true',
    refused: 'processes cannot be traced here',
  },
};

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join('; ');
}
