import { execa } from 'execa';
import { UserError, unknownName } from '../../src/common/errors.js';
import { packagePath } from '../../src/common/paths.js';
import { DEFAULT_RELEASE, RELEASES, type Release } from '../../src/vocabulary/releases.js';
import { WORKLOADS } from '../../src/vocabulary/workloads.js';
import { type Engine, localEngine } from '../docker/api.js';
import { compose as findCompose } from '../docker/compose-command.js';
import { freeSubnet } from '../docker/subnet.js';
import { buildImage, imageName, versionsIn } from '../image/build.js';
import { diskLimitLacks } from '../observe/disk.js';
import { composeCluster } from './parts/compose-cluster.js';
import { nodeArguments } from './parts/node-arguments.js';
import {
  type Capability,
  type ClusterSpec,
  NODE_NAMES,
  type Node,
  type Runtime,
  type RuntimeKind,
} from './parts/runtime.js';

const CAMPAIGN_LABEL = 'dqlite-reliability.campaign';
const COMPOSE_FILE = packagePath('collect', 'compose.yml');

export default {
  open: composeRuntime,
  releases(named = [DEFAULT_RELEASE]) {
    const unknown = named.find((release) => !RELEASES.includes(release as Release));
    if (unknown !== undefined) throw unknownName('release', unknown, RELEASES);
    return named;
  },
} satisfies RuntimeKind;

/** Three containers of an engine, on a network of their own. `say` is told what takes long. */
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
    lacks: (capability) => lacks(engine, capability, imageName('network-tools', toolsRelease)),
    async up(spec) {
      const down = async () => {
        await removeAll(engine, label);
      };
      const { nodes, failure } = await create(spec, project, campaign, down);
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
        network: `${project}_cluster`,
        networkTools: imageName('network-tools', spec.release),
        label,
        down,
      });
    },
    removeLeftovers: () => removeAll(engine, label),
  };
}

const CREATE_ATTEMPTS = 5;

/** Has Compose create the containers and their network; in another subnet when a campaign beside it was faster. */
async function create(spec: ClusterSpec, project: string, campaign: string, down: () => Promise<void>) {
  const { command } = await findCompose();
  for (let attempt = 0; ; attempt++) {
    const subnet = freeSubnet(undefined, attempt);
    const nodes = NODE_NAMES.map((name, i) => ({
      name,
      address: { host: `${subnet}.${11 + i}`, port: 9001 },
    }));
    const args = [...command.slice(1), '-p', project, '-f', COMPOSE_FILE, 'up', '--no-start', '--no-build'];
    const env = environment(spec, nodes, subnet, campaign);
    const created = await execa(command[0]!, args, { env, reject: false, all: true });
    if (!created.failed) return { nodes };
    await down();
    if (attempt < CREATE_ATTEMPTS && /overlap/i.test(created.all)) continue;
    return { nodes, failure: lastLines(created.all) };
  }
}

function environment(spec: ClusterSpec, nodes: readonly Node[], subnet: string, campaign: string) {
  const args = nodes.map((node) => nodeArguments(node, nodes, spec).join(' '));
  return {
    IMAGE: imageName(WORKLOADS[spec.workload].program, spec.release),
    SUBNET: subnet,
    CAMPAIGN: campaign,
    RAFT1_ARGS: args[0],
    RAFT2_ARGS: args[1],
    RAFT3_ARGS: args[2],
  };
}

interface Listed {
  Id: string;
  Names: string[];
  Labels: Record<string, string>;
}

const filter = (label: string) => encodeURIComponent(JSON.stringify({ label: [label] }));

function containersOf(engine: Engine, label: string): Promise<Listed[]> {
  return engine.call<Listed[]>('GET', `/containers/json?all=1&filters=${filter(label)}`);
}

/** Removes the containers and networks with this label; the engine's own calls take half the time of `compose down`. */
async function removeAll(engine: Engine, label: string): Promise<string[]> {
  const containers = await containersOf(engine, label);
  await Promise.all(containers.map(({ Id }) => gone(engine.call('DELETE', `/containers/${Id}?force=1&v=1`))));
  const networks = await engine.call<{ Id: string; Name: string }[]>(
    'GET',
    `/networks?filters=${filter(label)}`,
  );
  await Promise.all(networks.map(({ Id }) => gone(engine.call('DELETE', `/networks/${Id}`))));
  return [...containers.map(({ Names }) => Names[0]!.slice(1)), ...networks.map(({ Name }) => Name)];
}

/** Something that is no longer there, or just being removed by another, is removed. */
async function gone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: { status?: number }) => {
    if (error.status !== 404 && error.status !== 409) throw error;
  });
}

async function lacks(engine: Engine, capability: Capability, tools: string): Promise<string | undefined> {
  if (capability === 'disk-limit') {
    return diskLimitLacks((await engine.call<{ DockerRootDir: string }>('GET', '/info')).DockerRootDir);
  }
  const trial = {
    network: 'iptables -w -L -n && tc qdisc show',
    delay: 'tc qdisc add dev lo root netem delay 1ms 2>/dev/null || nfq-delay try',
  };
  if (capability !== 'network' && capability !== 'delay') return undefined;
  const { failed, all } = await execa(
    'docker',
    ['run', '--rm', '--network', 'none', '--cap-add', 'NET_ADMIN', tools, 'sh', '-c', trial[capability]],
    { reject: false, all: true },
  );
  return failed
    ? `this kernel refuses ${capability === 'delay' ? 'both netem and queues of packets' : 'iptables'}: ${lastLines(all)}`
    : undefined;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join('; ');
}
