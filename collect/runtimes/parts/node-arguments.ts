import { WORKLOADS } from '../../../src/vocabulary/workloads.js';
import type { ClusterSpec, Node } from './runtime.js';

/** The arguments of a node's `dqlite-benchmark`: the first node forms the cluster, the others join it. */
export function nodeArguments(node: Node, nodes: readonly Node[], spec: ClusterSpec): string[] {
  const address = ({ address: { host, port } }: Node) => `${host}:${port}`;
  const args = ['--db', address(node)];
  if (node !== nodes[0]) args.push('--join', address(nodes[0]!));
  if (node.name === spec.driver) {
    args.push(
      '--driver',
      '--cluster',
      nodes.map(address).join(','),
      '--workload',
      WORKLOADS[spec.workload].benchmark,
    );
    args.push('--workers', String(spec.workers), '--duration', String(spec.durationS));
  }
  return args;
}
