import { WORKLOADS } from '../../../src/vocabulary/workloads.js';
import { clientConfig } from '../../load/config.js';
import { startedFirst } from '../../load/node-roles.js';
import type { ClusterSpec, Node } from './runtime.js';

/**
 * The arguments of a node: the first forms the cluster, the others join it, unless it is said whom it joins. `folder` is
 * for its data.
 */
export function nodeArguments(
  node: Node,
  nodes: readonly Node[],
  spec: ClusterSpec,
  folder?: string,
  joined: readonly Node[] = node === nodes[0] ? [] : [nodes[0]!],
): string[] {
  const dir = folder ? ['--dir', folder] : [];
  const { benchmark } = WORKLOADS[spec.workload];
  if (benchmark === null) {
    const join = joined.length > 0 ? ['--join', joined.map(address).join(',')] : [];
    const data = folder ? dir : ['--dir', CLIENT_DATA];
    // each way to end is a fault of its own: told to end, a node does no more than that
    return ['node', '--address', address(node), ...join, ...data, '--on-term', 'kill', ...settings(spec)];
  }
  const args = ['--db', address(node), ...dir];
  if (joined.length > 0) args.push('--join', joined.map(address).join(','));
  if (node.name === spec.driver) {
    args.push('--driver', '--cluster', nodes.map(address).join(','), '--workload', benchmark);
    args.push('--workers', String(spec.workers), '--duration', String(spec.durationS));
  }
  return args;
}

/** How the nodes are set, where the scenario says it. */
function settings({ nodeSettings }: ClusterSpec): string[] {
  const { network_latency_ms, snapshot_threshold, snapshot_trailing, voters, standbys } = nodeSettings ?? {};
  const option = (name: string, value: number | undefined) =>
    value === undefined ? [] : [`--${name}`, String(value)];
  return [
    ...option('network-latency-ms', network_latency_ms),
    ...option('snapshot-threshold', snapshot_threshold),
    ...option('snapshot-trailing', snapshot_trailing),
    ...option('voters', voters),
    ...option('standbys', standbys),
  ];
}

/** Where a node of the client's program keeps its data in a container. */
export const CLIENT_DATA = '/var/lib/dqlite-client';

/** The client's configuration as JSON, with the nodes in the order of their names. */
export function loadConfig(
  nodes: readonly Node[],
  { load, clientAddresses, nodeSettings }: ClusterSpec,
): string {
  // of newcomers the client hears from the cluster
  const known = startedFirst(clientAddresses ?? nodes.map(address), nodeSettings);
  return JSON.stringify(clientConfig(load!, known));
}

function address({ address: { host, port } }: Node): string {
  return `${host}:${port}`;
}
