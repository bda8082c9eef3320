import type { Cluster, NodeUsage } from '../runtimes/parts/runtime.js';
import { type Broken, isOfTheCode, rethrow } from '../worldly-reason.js';

export const SAMPLE_MS = 250;

/** Reads what each node has used, four times a second, and keeps it. */
export class Sampler {
  readonly samples: NodeUsage[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly lastCpuNs = new Map<string, number>();
  private usedNs = 0;

  constructor(private readonly cluster: Pick<Cluster, 'usage'>) {}

  /** A sample that cannot be taken is missing. */
  begin(broken: Broken = rethrow): void {
    const failed = (error: unknown) => {
      if (isOfTheCode(error)) broken(error);
    };
    const take = () => this.take().catch(failed);
    take();
    this.timer = setInterval(take, SAMPLE_MS);
  }

  /** CPU time that all nodes have used since sampling began, restarts included. */
  async cpuNs(): Promise<number> {
    await this.take();
    return this.usedNs;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async take(): Promise<void> {
    for (const used of await this.cluster.usage()) {
      this.samples.push(used);
      const cpu = Number(used.cpu_ns ?? 0n);
      const before = this.lastCpuNs.get(used.node) ?? cpu;
      this.usedNs += cpu >= before ? cpu - before : cpu; // a node that was started again counts from 0
      this.lastCpuNs.set(used.node, cpu);
    }
  }
}
