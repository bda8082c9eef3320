import type { Fault } from './parts/fault.js';
import { networkInjection } from './parts/network.js';

/** What is more than the rate waits in a queue. */
export default {
  needs: ['network', 'rate'],
  prepare: (setting) =>
    networkInjection(setting, {
      inject: () => `tc qdisc add dev eth0 root tbf rate ${setting.severity}bps burst 16kb latency 500ms`,
      lift: () => 'tc qdisc del dev eth0 root',
      look: 'tc -s qdisc show dev eth0',
      metric: 'packets_queued',
      count: (seen) => Number(/qdisc tbf[\s\S]*?overlimits (\d+)/.exec(seen)?.[1] ?? 0),
    }),
} satisfies Fault;
