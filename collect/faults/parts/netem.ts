import type { Fault, Measurement } from './fault.js';
import { networkInjection } from './network.js';

/** What the node sends passes the kernel's network emulator. */
export function netem(metric: Measurement['metric'], option: (severity: number) => string): Fault {
  return {
    needs: ['network', 'netem'],
    prepare: (setting) =>
      networkInjection(setting, {
        inject: `tc qdisc add dev eth0 root netem ${option(setting.severity)}`,
        lift: 'tc qdisc del dev eth0 root',
        look: 'tc -s qdisc show dev eth0',
        metric,
        count: (seen) => {
          const counter =
            metric === 'packets_dropped'
              ? /qdisc netem[\s\S]*?dropped (\d+)/
              : /qdisc netem[\s\S]*?(\d+) pkt/;
          return Number(counter.exec(seen)?.[1] ?? 0);
        },
      }),
  };
}
