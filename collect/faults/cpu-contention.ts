import { Burners } from './burners.js';
import type { Fault } from './fault.js';

/** Burners on the host compete with all nodes for its cores, as in 2022. */
export const cpuContention: Fault = {
  kind: 'cpu-contention',
  about: 'so many processes on the host use all the CPU time they get',
  unit: 'burners',
  needs: [],
  prepare: async ({ severity }) => burning(await Burners.start(severity)),
};

/** Lets burners loose; the CPU time they took is the evidence. */
export function burning(burners: Burners) {
  let before = 0;
  return {
    async inject() {
      before = burners.cpuNs();
      burners.burn();
    },
    async evidence() {
      const seconds = (burners.cpuNs() - before) / 1e9;
      return seconds >= 0.1 ? `the burners used ${seconds.toFixed(2)} s of CPU time` : undefined;
    },
    async lift() {
      burners.hold();
      before = burners.cpuNs();
    },
    async ended() {
      const now = burners.cpuNs();
      const still = now !== before;
      before = now;
      return still ? undefined : 'the burners use no CPU time any more';
    },
    cleanUp: () => burners.end(),
    cpuNs: () => burners.cpuNs(),
  };
}
