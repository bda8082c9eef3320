import type { Burners } from '../../runtimes/parts/runtime.js';
import type { Injection } from './fault.js';

const LEAST_S = 0.1;

/** Lets burners loose; the CPU time that each took is the evidence. */
export function burning(burners: Burners): Omit<Injection, 'inject'> & { inject(): Promise<void> } {
  let before: readonly number[] = [];
  const seconds = async () => (await burners.cpuNs()).map((ns, i) => (ns - (before[i] ?? 0)) / 1e9);
  return {
    async inject() {
      before = await burners.cpuNs();
      await burners.burn();
    },
    async measure() {
      return (await seconds()).map((during, i) => ({
        metric: 'burner_cpu_time' as const,
        node: `burner${i + 1}`,
        before: null,
        during,
        threshold: LEAST_S,
      }));
    },
    async lift() {
      await burners.hold();
      before = await burners.cpuNs();
    },
    async hasEnded() {
      const used = await seconds();
      before = await burners.cpuNs();
      return used.every((value) => value === 0);
    },
    cleanUp: () => burners.end(),
    cpuNs: async () => (await burners.cpuNs()).reduce((sum, ns) => sum + ns, 0),
  };
}
