import type { Node } from '../../runtimes/parts/runtime.js';
import type { Fault, Measurement } from './fault.js';
import { openShells, otherEnd } from './network.js';
import { roundTripsMs } from './round-trips.js';

/** Packets that are held for a while on their way to a node. */
export interface Holding {
  /** Whose packets: those of all others, or those of the node at the other end of one link. */
  readonly from: 'all' | 'other-end';
  /** For how long each is held, and at most how much longer, at random, in ms. */
  times(severity: number): { leastMs: number; spreadMs: number };
  readonly metric: Measurement['metric'];
  /** How many round trips a look takes. */
  readonly pings: number;
  /** What a look says of its round trips, in ms; null of none. */
  look(roundTripsMs: readonly number[]): number | null;
  /** By how much that grows by the fault, in ms, and the least share of it that confirms the fault. */
  expected(severity: number): number;
  readonly leastShare: number;
}

interface Means {
  readonly name: string;
  inject(leastMs: number, spreadMs: number, from: Node | null): string;
  lift(from: Node | null): string;
}

/** The kernel's network emulator, on the way out; for all packets alone. */
const NETEM: Means = {
  name: 'netem',
  inject: (least, spread) =>
    `tc qdisc add dev eth0 root netem delay ${least + spread / 2}ms${spread > 0 ? ` ${spread / 2}ms` : ''}`,
  lift: () => 'tc qdisc del dev eth0 root',
};

/** Faults that are in force at once have a queue each. */
let queues = 0;

/** Packets wait in a queue on their way in, before rules that drop some of them. */
function queue(): Means {
  queues = (queues % 60_000) + 1;
  const number = queues;
  // a queue that nobody holds any more is passed by, and so is seen in the round-trip times
  const rule = (verb: string, from: Node | null) =>
    `iptables -w -t mangle ${verb} INPUT ${from ? `-s ${from.address.host} ` : ''}-j NFQUEUE --queue-num ${number} --queue-bypass`;
  return {
    name: 'a queue',
    inject: (least, spread, from) =>
      `nfq-delay ${number} ${least} ${spread} & sleep 0.05; ${rule('-I', from)}`,
    lift: (from) => `${rule('-D', from)}; pkill nfq-delay || true`,
  };
}

const HAS_NETEM =
  'tc qdisc add dev lo root netem delay 1ms 2>/dev/null && tc qdisc del dev lo root && echo netem || true';

/** By the network emulator where the kernel has it and all packets are meant, else by a queue. */
export function holding(held: Holding): Fault {
  return {
    needs: ['network', held.from === 'all' ? 'delay' : 'packet-queue'],
    async prepare({ cluster, severity }) {
      const { shells, close } = await openShells(cluster);
      const emulated = held.from === 'all' && /netem/.test(await [...shells.values()][0]!.run(HAS_NETEM));
      const means = emulated ? NETEM : queue();
      const { leastMs, spreadMs } = held.times(severity);
      const pings = { count: held.pings, everyMs: 10, waitMs: 300 + 2 * (leastMs + spreadMs) };
      const look = async (node: Node, to: Node) =>
        held.look(await roundTripsMs(shells.get(node.name)!, to, pings));
      const before = new Map<string, number | null>();
      for (const node of cluster.nodes) {
        before.set(node.name, await look(node, otherEnd(cluster, node, null)));
      }
      let target: Node;
      let other: Node;
      const from = () => (held.from === 'all' ? null : other);
      return {
        async inject(node, leader) {
          target = node;
          other = otherEnd(cluster, node, leader);
          await shells.get(node.name)!.run(means.inject(leastMs, spreadMs, from()));
        },
        how: () => `by ${means.name}${from() ? `, from ${other.name}` : ''}`,
        async measure(): Promise<readonly Measurement[]> {
          const during = await look(target, other);
          if (during === null) return [];
          const undisturbed = before.get(target.name) ?? null;
          const threshold = (undisturbed ?? 0) + held.leastShare * held.expected(severity);
          return [{ metric: held.metric, node: target.name, before: undisturbed, during, threshold }];
        },
        async lift() {
          await shells.get(target.name)!.run(means.lift(from()));
        },
        async hasEnded() {
          const now = await look(target, other);
          return now !== null && now - (before.get(target.name) ?? 0) < held.expected(severity) / 2;
        },
        cleanUp: close,
      };
    },
  };
}

/** Each packet is held for as many ms as the severity says; the evidence is the middle of some round trips. */
export function delaying(from: Holding['from']): Fault {
  return holding({
    from,
    times: (ms) => ({ leastMs: ms, spreadMs: 0 }),
    metric: 'round_trip_time',
    pings: 5,
    look: median,
    expected: (ms) => ms,
    leastShare: 0.9,
  });
}

/** The middle one; null of none. */
function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
