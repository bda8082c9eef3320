import type { Node } from '../runtimes/runtime.js';
import { type Fault, nothingToCleanUp } from './fault.js';

/** The node writes and reads no more than so many bytes a second. */
export const diskThrottle: Fault = {
  kind: 'disk-throttle',
  about: 'the node writes and reads no more than so many bytes a second',
  unit: 'bytes_per_s',
  needs: ['disk-limit'],
  async prepare({ cluster, severity }) {
    let target: Node;
    let before = { at: 0, bytes: 0 };
    const written = () => ({ at: performance.now(), bytes: cluster.usage(target)?.written_bytes ?? 0 });
    const rate = () => {
      const now = written();
      return ((now.bytes - before.bytes) / (now.at - before.at)) * 1000;
    };
    return {
      async inject(node) {
        target = node;
        await cluster.limitDisk(node, severity);
        before = written();
      },
      async evidence() {
        const bytesPerS = rate();
        const pressed = bytesPerS > severity * 0.5 && bytesPerS < severity * 1.5;
        return pressed && performance.now() - before.at > 900
          ? `${target.name} wrote ${(bytesPerS / 1000).toFixed(0)} kB/s of the ${severity / 1000} kB/s allowed`
          : undefined;
      },
      lift: () => cluster.limitDisk(target, null),
      async ended() {
        return `the limit of ${target.name} is gone`;
      },
      cleanUp: nothingToCleanUp,
    };
  },
};
