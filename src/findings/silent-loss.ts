import { groupBy } from '../common/group.js';
import { spanWords, waitWords } from '../figures/parts/wait-words.js';
import { MissingData, orNone, type Queryable } from '../results/core/query.js';
import { type Waits, waitsOf } from '../results/core/waits.js';
import { phaseOf, type Recovery, recoveries } from '../results/derived/recovery.js';
import type { Finding } from './finding.js';
import { list } from './list.js';

/** The scenarios in which the leader is gone without a word, no connection being reset. */
export const SILENT_LOSSES: readonly string[] = [
  'silent-loss-leader-long',
  'silent-loss-leader',
  'silent-loss-leader-tcp-retries',
  'silent-loss-leader-tcp-retries-client',
];

/** A loss that was lifted sooner tells nothing of time-outs of minutes. */
const SHORTEST_S = 60;

/** How long a silent loss of the leader lasts for clients that give up on an operation sooner or later. */
export const silentLoss: Finding = {
  name: 'silent-loss',
  title: 'For how long clients wait when the leader is gone without a word',
  figure: 'recovery',
  fromBusyMachine: true,
  say: async (data) => {
    const found = await silentLosses(data);
    if (found.length === 0)
      throw new MissingData(
        `no runs of the client with ${SILENT_LOSSES[0]}; \`sh collect/silent-loss.sh\` makes them in 40 minutes`,
      );
    return {
      headline: `When the leader was gone without a word (no connection was reset), a write succeeded again ${byDeadlineWords(found, spanWords).join('; ')}.`,
      more: [
        ...[...groupBy(found, ({ debian_release }) => debian_release ?? 'unknown')].map(
          ([release, same]) => `On ${release} ${byDeadlineWords(same).join('; ')}.`,
        ),
        `Another leader was known after ${waitWords(waitsOf(found.flatMap(({ newLeader }) => newLeader.waits)))}.`,
      ],
    };
  },
};

/** When a write succeeded again and another leader was known, in trials of one kind, and the deadline of its client's operations in s; null where there is none. */
export interface SilentLoss {
  debian_release: string | null;
  deadline_s: number | null;
  /** The kernel's `tcp_retries2`; null where it was left as it is. */
  retries: { nodes: number | null; client: number | null };
  firstWrite: Waits;
  newLeader: Waits;
}

/** What the kernel has by itself. */
const KERNEL_RETRIES = 15;

function changed(retries: number | null): number | null {
  return retries === KERNEL_RETRIES ? null : retries;
}

/** What clients met in these scenarios, with an open loop; empty where a dataset has none. */
export async function silentLosses(data: Queryable): Promise<SilentLoss[]> {
  const all = await orNone(recoveries(data));
  const lasted = ({ inject_at_s, lift_at_s }: Recovery) => (lift_at_s ?? Infinity) - (inject_at_s ?? 0);
  return all
    .filter(({ scenario, arrivals }) => SILENT_LOSSES.includes(scenario) && arrivals === 'open')
    .filter((one) => lasted(one) >= SHORTEST_S)
    .map((one) => {
      const { debian_release, client_settings, node_settings } = one;
      const { operation_timeout_s: deadline, tcp_retries2: client = null } = JSON.parse(client_settings);
      const { tcp_retries2: nodes = null } = JSON.parse(node_settings ?? '{}');
      return {
        debian_release,
        deadline_s: typeof deadline === 'number' ? deadline : null,
        retries: { nodes: changed(nodes), client: changed(client) },
        firstWrite: phaseOf(one, 'first_write_s'),
        newLeader: phaseOf(one, 'new_leader_s'),
      };
    });
}

/** `without a deadline after 951.8 s`, `with a deadline of 10 s after 87.1 s`. */
export function byDeadlineWords(
  all: readonly SilentLoss[],
  words: (waits: Waits) => string = waitWords,
): string[] {
  return byDeadline(all, words).map(({ settings, waited }) => `${settings} after ${waited}`);
}

/** The settings and the wait, in words: the longest deadline first, as the kernel is before what was set. */
export function byDeadline(
  all: readonly SilentLoss[],
  words: (waits: Waits) => string = waitWords,
): { settings: string; waited: string }[] {
  const set = ({ retries }: SilentLoss) => Number(retries.nodes !== null) + Number(retries.client !== null);
  const inOrder = all.toSorted((a, b) => deadlineOf(b) - deadlineOf(a) || set(a) - set(b));
  return [...groupBy(inOrder, settingsWords)].map(([settings, same]) => {
    const waits = waitsOf(same.flatMap(({ firstWrite }) => firstWrite.waits));
    return { settings, waited: words(waits) };
  });
}

function deadlineOf({ deadline_s }: SilentLoss): number {
  return deadline_s ?? Number.MAX_VALUE;
}

function settingsWords({ deadline_s, retries: { nodes, client } }: SilentLoss): string {
  const deadline = deadline_s === null ? 'without a deadline' : `with a deadline of ${deadline_s} s`;
  const set = [
    ...(nodes === null ? [] : [`${nodes} on the nodes`]),
    ...(client === null ? [] : [`${client} at the client`]),
  ];
  return set.length === 0 ? deadline : `${deadline} and with \`tcp_retries2\` of ${list(set)}`;
}
