import type { Fault } from './fault.js';
import { networkInjection } from './network.js';

/** The node sends no more than so many bytes a second; what is more waits in a queue. */
export const networkRate: Fault = {
  kind: 'network-rate',
  about: 'the node sends no more than so many bytes a second',
  unit: 'bytes_per_s',
  needs: ['network'],
  prepare: (setting) =>
    networkInjection(setting, {
      inject: `tc qdisc add dev eth0 root tbf rate ${setting.severity}bps burst 16kb latency 500ms`,
      lift: 'tc qdisc del dev eth0 root',
      look: 'tc -s qdisc show dev eth0',
      evidence: (seen) => {
        const over = Number(/qdisc tbf[\s\S]*?overlimits (\d+)/.exec(seen)?.[1] ?? 0);
        return over > 0 ? `${over} packets had to wait for the rate limit` : undefined;
      },
    }),
};
