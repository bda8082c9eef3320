import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKLOADS } from '../../../src/vocabulary/workloads.js';
import { imageName } from '../../image/build.js';
import { until } from '../../observe/clock.js';
import type { ComposeClusterOptions } from './compose-cluster.js';
import { CLIENT_DATA, nodeArguments } from './node-arguments.js';
import type { Node } from './runtime.js';

/** A node that is asked to end may take so long: it gives its role away for up to 10 s, and closes. */
export const ENDS_WITHIN_MS = 30_000;

interface Inspected {
  State: { Running: boolean };
  Config: { Image: string; Cmd: string[]; Labels: Record<string, string> };
  HostConfig: object;
  NetworkSettings: { Networks: Record<string, { IPAMConfig: object }> };
}

/** Makes a container in the place of one that ends, of another release with its data, or without; returns its id. */
export async function anotherContainer(
  old: string,
  node: Node,
  as: { empty: true } | { release: string },
  { engine, spec, nodes, volumes }: Pick<ComposeClusterOptions, 'engine' | 'spec' | 'nodes' | 'volumes'>,
): Promise<string> {
  const inspect = () => engine.call<Inspected>('GET', `/containers/${old}/json`);
  const ended = async () => !(await inspect()).State.Running || undefined;
  await until(ended, { everyMs: 20, forMs: ENDS_WITHIN_MS });
  const { Config, HostConfig, NetworkSettings } = await inspect();
  const others = nodes.filter((one) => one !== node);
  const [network, { IPAMConfig }] = Object.entries(NetworkSettings.Networks)[0]!;
  const { Id } = await engine.call<{ Id: string }>('POST', '/containers/create', {
    Image: 'release' in as ? imageName(WORKLOADS[spec.workload].program, as.release) : Config.Image,
    Cmd: 'release' in as ? Config.Cmd : nodeArguments(node, nodes, spec, undefined, others),
    Labels: Config.Labels,
    HostConfig,
    NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig } } },
  });
  const volume = volumes.get(node.name);
  if ('empty' in as && volume) await emptied(volume.folder);
  if ('release' in as && !volume) await copied(old, Id);
  await engine.call('DELETE', `/containers/${old}?force=1&v=1`);
  return Id;

  async function copied(from: string, to: string): Promise<void> {
    const data = await engine.bytes('GET', `/containers/${from}/archive?path=${CLIENT_DATA}`);
    await engine.bytes('PUT', `/containers/${to}/archive?path=${join(CLIENT_DATA, '..')}`, data);
  }
}

async function emptied(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}
