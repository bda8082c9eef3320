import type { Fault } from './fault.js';
import { networkInjection } from './network.js';

function netem(kind: string, about: string, unit: 'ms' | 'percent', option: (n: number) => string): Fault {
  return {
    kind,
    about,
    unit,
    needs: ['network', 'netem'],
    prepare: (setting) =>
      networkInjection(setting, {
        inject: `tc qdisc add dev eth0 root netem ${option(setting.severity)}`,
        lift: 'tc qdisc del dev eth0 root',
        look: 'tc -s qdisc show dev eth0',
        evidence: (seen) => {
          const packets = Number(/qdisc netem[\s\S]*?(\d+) pkt/.exec(seen)?.[1] ?? 0);
          return packets > 0 ? `${packets} packets sent through netem` : undefined;
        },
      }),
  };
}

export const networkDelay = netem(
  'network-delay',
  'each packet the node sends is late by so many milliseconds',
  'ms',
  (ms) => `delay ${ms}ms`,
);
export const networkLoss = netem(
  'network-loss',
  'so many percent of the packets the node sends are lost',
  'percent',
  (percent) => `loss ${percent}%`,
);
