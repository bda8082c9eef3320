import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Burners,
  type Cluster,
  NODE_NAMES,
  type Node,
  type NodeState,
  type NodeUsage,
  type Runtime,
} from '../../collect/runtimes/parts/runtime.js';
import { type FakeAnswers, FakeNode } from './fake-node.js';

/** What a test may make go wrong, by the method that is called: it throws this. */
export type Troubles = Partial<Record<keyof Cluster | 'up', Error>>;

/** A cluster that is not there: nodes answer over the loopback, and do what they are told. */
export class FakeCluster implements Cluster {
  readonly answers: FakeAnswers = { leader: NODE_NAMES[0], rows: undefined, silent: new Set() };
  readonly troubles: Troubles = {};
  /** The methods that were called, in order, with the node they were called for. */
  readonly calls: string[] = [];
  readonly states = new Map<string, NodeState>();
  nodes: readonly FakeNode[] = [];
  driver!: Node;
  driverExit!: Promise<number>;
  /** Ends the driver's process. */
  endDriver!: (code: number) => void;
  /** The names of the results files that the driver leaves. */
  results = ['0-query-1700000000'];
  /** Beyond what its clock says, in ns of CPU time. */
  private cpuNs = 0n;
  private hits = 0;
  limited = false;

  async start(node: Node): Promise<void> {
    await this.called('start', node);
    this.states.set(node.name, { running: true, exitCode: null, killedForMemory: false });
  }

  async boot(driver: string): Promise<void> {
    for (const name of NODE_NAMES) {
      this.nodes = [...this.nodes, await FakeNode.start(name, this.answers, () => this.nodes)];
      this.states.set(name, { running: true, exitCode: null, killedForMemory: false });
    }
    this.driver = this.nodes.find(({ name }) => name === driver)!;
    this.driverExit = new Promise((resolve) => {
      this.endDriver = resolve;
    });
  }

  async state(node: Node): Promise<NodeState> {
    await this.called('state', node);
    return this.states.get(node.name)!;
  }

  async signal(node: Node): Promise<void> {
    await this.called('signal', node);
    this.states.set(node.name, { running: false, exitCode: 137, killedForMemory: false });
    this.answers.silent.add(node.name);
  }

  freeze = (node: Node) => this.called('freeze', node);
  pin = (node: Node) => this.called('pin', node);
  limitCpu = (node: Node) => this.called('limitCpu', node);
  limitDisk = (node: Node) => this.called('limitDisk', node);

  async limitMemory(node: Node, bytes: number | null): Promise<void> {
    await this.called('limitMemory', node);
    this.limited = bytes !== null;
  }

  async diskLimit(): Promise<null> {
    return null;
  }

  async startBurners(): Promise<Burners> {
    await this.called('startBurners');
    return { burn: async () => {}, hold: async () => {}, cpuNs: async () => [], end: async () => {} };
  }

  async networkShell(): Promise<never> {
    throw new Error('a fake cluster has no network');
  }

  /** While a node's memory is limited, it is refused some at each look. */
  async usage(): Promise<NodeUsage[]> {
    if (this.troubles.usage) throw this.troubles.usage;
    this.cpuNs += 1_000_000n;
    if (this.limited) this.hits += 1;
    return this.nodes
      .filter(({ name }) => this.states.get(name)!.running)
      .map(({ name }) => ({
        ...{ node: name, time_ns: BigInt(Date.now()) * 1_000_000n, cpu_ns: this.cpuNs, cpu_throttled_ns: 0n },
        ...{
          memory_bytes: 1,
          memory_limit_bytes: null,
          major_faults: 0,
          memory_limit_hits: this.hits,
          oom_kills: 0,
        },
        ...{ read_bytes: 0, written_bytes: 0, received_bytes: 0, sent_bytes: 0 },
      }));
  }

  async copyResults(folder: string): Promise<void> {
    await this.called('copyResults');
    for (const name of this.results) await writeFile(join(folder, name), '');
  }

  async log(node: Node): Promise<string> {
    await this.called('log', node);
    return 'Error: what went wrong\n';
  }

  async down(): Promise<void> {
    this.calls.push('down');
    for (const node of this.nodes) await node.close();
    if (this.troubles.down) throw this.troubles.down;
  }

  private async called(method: keyof Cluster, node?: Node): Promise<void> {
    this.calls.push(node ? `${method} ${node.name}` : method);
    const trouble = this.troubles[method];
    if (trouble) throw trouble;
  }
}

/** A runtime whose clusters are `cluster`, in turn. */
export function fakeRuntime(clusters: readonly FakeCluster[]): Runtime {
  let next = 0;
  const none = {
    dqlite_version: null,
    go_dqlite_version: null,
    image_id: null,
    docker_version: null,
    compose_version: null,
  };
  return {
    name: 'process',
    prepare: async () => none,
    lacks: async () => undefined,
    removeLeftovers: async () => [],
    async up({ driver }) {
      const cluster = clusters[Math.min(next++, clusters.length - 1)]!;
      if (cluster.troubles.up) throw cluster.troubles.up;
      await cluster.boot(driver);
      return cluster;
    },
  };
}
