import type { Cluster, Node, Usage } from '../runtimes/runtime.js';
import { nowNs } from './clock.js';

export const SAMPLE_MS = 250;

export interface Sample extends Usage {
  time_ns: bigint;
  node: string;
}

/** Reads what each node has used, four times a second, and keeps it. */
export class Sampler {
  readonly samples: Sample[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly lastCpuNs = new Map<string, number>();
  private usedNs = 0;

  constructor(private readonly cluster: Cluster) {}

  begin(): void {
    this.take();
    this.timer = setInterval(() => this.take(), SAMPLE_MS);
  }

  /** CPU time that all nodes have used since sampling began, restarts included. */
  cpuNs(): number {
    this.take();
    return this.usedNs;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private take(): void {
    for (const node of this.cluster.nodes) this.takeOf(node);
  }

  private takeOf(node: Node): void {
    const time_ns = nowNs();
    const usage = this.cluster.usage(node);
    if (!usage) return;
    this.samples.push({ time_ns, node: node.name, ...usage });
    const cpu = Number(usage.cpu_ns ?? 0n);
    const before = this.lastCpuNs.get(node.name) ?? cpu;
    this.usedNs += cpu >= before ? cpu - before : cpu; // a node that was started again counts from 0
    this.lastCpuNs.set(node.name, cpu);
  }
}
