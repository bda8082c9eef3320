import { WORKLOADS } from '../../../src/vocabulary/workloads.js';
import { clientConfig } from '../../load/config.js';
import type { ClusterSpec, Node } from './runtime.js';

/** The arguments of a node: the first forms the cluster, the others join it. `folder` is for its data. */
export function nodeArguments(
  node: Node,
  nodes: readonly Node[],
  spec: ClusterSpec,
  folder?: string,
): string[] {
  const dir = folder ? ['--dir', folder] : [];
  const { benchmark } = WORKLOADS[spec.workload];
  if (benchmark === null) {
    const join = node === nodes[0] ? [] : ['--join', address(nodes[0]!)];
    return ['node', '--address', address(node), ...join, ...(folder ? dir : ['--dir', CLIENT_DATA])];
  }
  const args = ['--db', address(node), ...dir];
  if (node !== nodes[0]) args.push('--join', address(nodes[0]!));
  if (node.name === spec.driver) {
    args.push('--driver', '--cluster', nodes.map(address).join(','), '--workload', benchmark);
    args.push('--workers', String(spec.workers), '--duration', String(spec.durationS));
  }
  return args;
}

/** Where a node of the client's program keeps its data in a container. */
const CLIENT_DATA = '/var/lib/dqlite-client';

/** The client's configuration as JSON, with the nodes in the order of their names. */
export function loadConfig(nodes: readonly Node[], { load }: ClusterSpec): string {
  return JSON.stringify(clientConfig(load!, nodes.map(address)));
}

function address({ address: { host, port } }: Node): string {
  return `${host}:${port}`;
}
