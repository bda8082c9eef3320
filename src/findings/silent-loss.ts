import { groupBy } from '../common/group.js';
import { waitWords } from '../figures/parts/wait-words.js';
import { MissingData, orNone, type Queryable } from '../results/core/query.js';
import { type Waits, waitsOf } from '../results/core/waits.js';
import { type Recovery, recoveries } from '../results/derived/recovery.js';
import type { Finding } from './finding.js';
import { list } from './list.js';

/** The scenarios in which the leader is gone without a word, no connection being reset. */
export const SILENT_LOSSES: readonly string[] = ['silent-loss-leader-long', 'silent-loss-leader'];

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
        `no runs of the client with ${SILENT_LOSSES[0]}; \`sh collect/silent-loss.sh\` makes them in 25 minutes`,
      );
    return {
      headline: `When the leader was gone without a word, no connection being reset, a write succeeded again after ${list(byDeadlineWords(found))}.`,
      more: [
        ...[...groupBy(found, ({ debian_release }) => debian_release ?? 'unknown')].map(
          ([release, same]) => `On ${release}: ${list(byDeadlineWords(same))}.`,
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
  firstWrite: Waits;
  newLeader: Waits;
}

/** What clients met in these scenarios, with an open loop; empty where a dataset has none. */
export async function silentLosses(data: Queryable): Promise<SilentLoss[]> {
  const all = await orNone(recoveries(data));
  const lasted = ({ inject_at_s, lift_at_s }: Recovery) => (lift_at_s ?? Infinity) - (inject_at_s ?? 0);
  return all
    .filter(({ scenario, arrivals }) => SILENT_LOSSES.includes(scenario) && arrivals === 'open')
    .filter((one) => lasted(one) >= SHORTEST_S)
    .map(({ debian_release, client_settings, phases }) => {
      const { operation_timeout_s: deadline } = JSON.parse(client_settings);
      return {
        debian_release,
        deadline_s: typeof deadline === 'number' ? deadline : null,
        firstWrite: phases.find(({ phase }) => phase === 'first_write_s')!,
        newLeader: phases.find(({ phase }) => phase === 'new_leader_s')!,
      };
    });
}

/** `951.8 s without a deadline`, `87.1 s with a deadline of 10 s`: the longest deadline first. */
export function byDeadlineWords(all: readonly SilentLoss[]): string[] {
  const longestFirst = all.toSorted((a, b) => (b.deadline_s ?? Infinity) - (a.deadline_s ?? Infinity));
  return [...groupBy(longestFirst, ({ deadline_s }) => deadline_s)].map(([deadline, same]) => {
    const waits = waitsOf(same.flatMap(({ firstWrite }) => firstWrite.waits));
    const words = deadline === null ? 'without a deadline' : `with a deadline of ${deadline} s`;
    return `${waitWords(waits)} ${words}`;
  });
}
