import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeNames } from '../../collect/load/node-roles.js';
import type { Cluster, Node, NodeState, NodeUsage, Runtime } from '../../collect/runtimes/parts/runtime.js';
import { type FakeAnswers, FakeNode } from './fake-node.js';

const RUNNING: NodeState = { running: true, exitCode: null, killedForMemory: false };

/** A cluster that is not there: nodes answer over the loopback, and one that is killed is silent until it is started. */
export class FakeCluster implements Cluster {
  readonly answers: FakeAnswers = { leader: 'raft1', rows: undefined, silent: new Set() };
  /** The methods that were called, in order, with the node they were called for. */
  readonly calls: string[] = [];
  nodes: readonly FakeNode[] = [];
  driver!: Node;
  /** Ends the driver's process. */
  endDriver!: (code: number) => void;
  readonly driverExit = new Promise<number>((resolve) => {
    this.endDriver = resolve;
  });
  private readonly states = new Map<string, NodeState>();

  async boot(driver: string): Promise<void> {
    for (const name of nodeNames()) {
      this.nodes = [...this.nodes, await FakeNode.start(name, this.answers, () => this.nodes)];
      this.states.set(name, RUNNING);
    }
    this.driver = this.nodes.find(({ name }) => name === driver)!;
  }

  async start(node: Node): Promise<void> {
    this.calls.push(`start ${node.name}`);
    this.setRunning(node.name);
    this.answers.silent.delete(node.name);
  }

  startAs(node: Node): Promise<void> {
    return this.start(node);
  }

  setRunning(name: string): void {
    this.states.set(name, RUNNING);
  }

  async state(node: Node): Promise<NodeState> {
    return this.states.get(node.name)!;
  }

  async signal(node: Node): Promise<void> {
    this.states.set(node.name, { running: false, exitCode: 137, killedForMemory: false });
    this.answers.silent.add(node.name);
  }

  freeze = cannot;
  pin = cannot;
  limitCpu = cannot;
  limitMemory = cannot;
  limitDisk = cannot;
  diskLimit = cannot;
  startBurners = cannot;
  networkShell = cannot;
  traceShell = cannot;
  cutPower = cannot;
  volume = (): never => {
    throw new Error('a fake node has no file system of its own');
  };

  async usage(): Promise<NodeUsage[]> {
    return this.nodes
      .filter(({ name }) => this.states.get(name)!.running)
      .map(({ name }) => ({
        ...{ node: name, time_ns: BigInt(Date.now()) * 1_000_000n, cpu_ns: 0n, cpu_throttled_ns: 0n },
        ...{ memory_bytes: 1, memory_limit_bytes: null, memory_limit_hits: 0, major_faults: 0, oom_kills: 0 },
        ...{ read_bytes: 0, written_bytes: 0, received_bytes: 0, sent_bytes: 0 },
      }));
  }

  async copyResults(folder: string): Promise<void> {
    this.calls.push('copyResults');
    await writeFile(join(folder, '0-query-1700000000'), '');
  }

  async log({ name }: Node): Promise<string> {
    this.calls.push(`log ${name}`);
    return `what ${name} said\n`;
  }

  async down(): Promise<void> {
    this.calls.push('down');
    for (const node of this.nodes) await node.close();
  }
}

async function cannot(): Promise<never> {
  throw new Error('a fake cluster has no limits');
}

/** A runtime whose cluster is `cluster`. */
export function fakeRuntime(cluster: FakeCluster): Runtime {
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
      await cluster.boot(driver);
      return cluster;
    },
  };
}
