import type { Node } from '../runtimes/parts/runtime.js';
import type { Fault, Measurement } from './parts/fault.js';
import { openShells } from './parts/network.js';
import { median, roundTripsMs } from './parts/round-trips.js';

/** A queue that nothing else in a node's network has. */
const QUEUE = 7;
/** The round-trip time has to grow by this share of the delay, or the fault is not confirmed. */
const LEAST_SHARE = 0.9;

/** The kernel's network emulator where it has one; else packets are held in a queue on their way in. */
const BY_NETEM = {
  inject: (ms: number) => `tc qdisc add dev eth0 root netem delay ${ms}ms`,
  lift: 'tc qdisc del dev eth0 root',
};
const BY_QUEUE = {
  // a queue that nobody holds any more is passed by, and so is seen in the round-trip time
  inject: (ms: number) =>
    `nfq-delay ${QUEUE} ${ms} & sleep 0.05; iptables -w -I INPUT -j NFQUEUE --queue-num ${QUEUE} --queue-bypass`,
  lift: `iptables -w -D INPUT -j NFQUEUE --queue-num ${QUEUE} --queue-bypass; pkill nfq-delay`,
};
const HAS_NETEM =
  'tc qdisc add dev lo root netem delay 1ms 2>/dev/null && tc qdisc del dev lo root && echo netem || true';

export default {
  needs: ['network', 'delay'],
  async prepare({ cluster, severity }) {
    const { shells, close } = await openShells(cluster);
    const how = /netem/.test(await [...shells.values()][0]!.run(HAS_NETEM)) ? BY_NETEM : BY_QUEUE;
    const pings = { count: 5, everyMs: 10, waitMs: 300 + 2 * severity };
    const roundTripMs = async (node: Node) => {
      const peer = cluster.nodes.find((other) => other !== node)!;
      return median(await roundTripsMs(shells.get(node.name)!, peer, pings));
    };
    const before = new Map<string, number | null>();
    for (const node of cluster.nodes) before.set(node.name, await roundTripMs(node));
    let target: Node;
    return {
      async inject(node) {
        target = node;
        await shells.get(node.name)!.run(how.inject(severity));
      },
      async measure(): Promise<readonly Measurement[]> {
        const during = await roundTripMs(target);
        if (during === null) return [];
        const undisturbed = before.get(target.name) ?? null;
        const threshold = (undisturbed ?? 0) + LEAST_SHARE * severity;
        return [{ metric: 'round_trip_time', node: target.name, before: undisturbed, during, threshold }];
      },
      async lift() {
        await shells.get(target.name)!.run(how.lift);
      },
      async hasEnded() {
        const now = await roundTripMs(target);
        return now !== null && now < severity / 2;
      },
      cleanUp: close,
    };
  },
} satisfies Fault;
