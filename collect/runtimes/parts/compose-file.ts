import { WORKLOADS } from '../../../src/vocabulary/workloads.js';
import { CLIENT_DATA, nodeArguments } from './node-arguments.js';
import type { ClusterSpec, Node } from './runtime.js';
import type { Volume } from './volume.js';

/** What the nodes' services are made of. */
export interface ComposeSetting {
  readonly nodes: readonly Node[];
  readonly spec: ClusterSpec;
  readonly image: string;
  /** The first three numbers of the network. */
  readonly subnet: string;
  readonly campaign: string;
  readonly volumes: ReadonlyMap<string, Volume>;
}

/**
 * The Compose file of nodes on a network of their own. dqlite has no authentication, so no port is published on the host;
 * it binds to an address and not to a name, so the addresses are fixed in the subnet that the collector found free.
 */
export function composeFile({ nodes, spec, image, subnet, campaign, volumes }: ComposeSetting): object {
  const label = { 'dqlite-reliability.campaign': campaign };
  const retries = spec.nodeSettings?.tcp_retries2;
  const services = nodes.map((node) => {
    const volume = volumes.get(node.name);
    const service = {
      image,
      init: true,
      command: nodeArguments(node, nodes, spec),
      labels: { ...label, 'dqlite-reliability.node': node.name },
      networks: { cluster: { ipv4_address: node.address.host } },
      ...(volume && { volumes: [`${volume.folder}:${dataFolder(spec)}`] }),
      ...(retries !== undefined && { sysctls: { 'net.ipv4.tcp_retries2': String(retries) } }),
    };
    return [node.name, service];
  });
  return {
    version: '2.4',
    services: Object.fromEntries(services),
    networks: { cluster: { labels: label, ipam: { config: [{ subnet: `${subnet}.0/24` }] } } },
  };
}

function dataFolder({ workload }: ClusterSpec): string {
  return WORKLOADS[workload].benchmark === null ? CLIENT_DATA : '/tmp/dqlite-benchmark';
}
