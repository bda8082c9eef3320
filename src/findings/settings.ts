import { groupBy } from '../common/group.js';
import { waitWords } from '../figures/parts/wait-words.js';
import { faultWords } from '../figures/parts/words.js';
import { MissingData, orNone, type Queryable } from '../results/core/query.js';
import { phaseOf, type Recovery, recoveries } from '../results/derived/recovery.js';
import type { Finding } from './finding.js';
import { list } from './list.js';

/** The command that measures what this finding is about. */
export const SETTINGS_COMMAND =
  'npm run collect -- pause-leader pause-leader-short-timeouts --trials 5 --out data/settings';

/** What clients gain by giving up sooner on a node that does not answer. */
export const settings: Finding = {
  name: 'settings',
  title: 'What to set in the client',
  figure: 'recovery',
  say: async (data) => {
    const pairs = await settingPairs(data);
    if (pairs.length === 0) {
      throw new MissingData(
        `no runs of the client that met the same fault with different time-outs; \`${SETTINGS_COMMAND}\` makes them`,
      );
    }
    const words = pairs.map((same) => {
      const times = same.map(
        (one) => `${firstWrite(one)} ${timeouts(one)}${deadlines(same) > 1 ? ` and ${deadline(one)}` : ''}`,
      );
      return `after ${faultWords(same[0]!.fault).toLowerCase()} of the leader, a write succeeded again after ${list(times)}`;
    });
    return { headline: `${words.join('; ').replace(/^a/, 'A')}.`, more: [] };
  },
};

/** Faults that clients met with different time-outs, the longest first, and otherwise alike. */
export async function settingPairs(data: Queryable): Promise<Recovery[][]> {
  const all = await orNone(recoveries(data));
  const open = all.filter(({ arrivals }) => arrivals === 'open');
  const alike = groupBy(open, (one) =>
    [one.campaign, one.fault, one.severity, one.workload, one.debian_release].join('\n'),
  );
  const differ = (same: Recovery[]) => new Set(same.map((one) => timeouts(one) + deadline(one))).size > 1;
  return [...alike.values()].filter(differ);
}

const deadlines = (same: readonly Recovery[]) => new Set(same.map(deadline)).size;

function deadline({ client_settings }: Recovery): string {
  const { operation_timeout_s: s } = JSON.parse(client_settings) as Record<string, unknown>;
  return typeof s === 'number' ? `a deadline of ${s} s` : 'no deadline';
}

export const OWN_TIMEOUTS = 'with the library’s own time-outs';

/** {@link OWN_TIMEOUTS}, or those that were set. */
export function timeouts({ client_settings }: Recovery): string {
  const {
    dial_timeout_s: dial,
    probe_timeout_s: probe,
    attempt_timeout_s: attempt,
  } = JSON.parse(client_settings) as Record<string, number | undefined>;
  const set = [
    dial !== undefined && `${dial} s for dialling`,
    probe !== undefined && `${probe} s for a node to say who leads`,
    attempt !== undefined && `${attempt} s for an attempt`,
  ].filter((one) => one !== false);
  return set.length === 0 ? OWN_TIMEOUTS : `with time-outs of ${list(set)}`;
}

/** How long it took until a write succeeded again, over trials. */
export function firstWrite(one: Recovery): string {
  return waitWords(phaseOf(one, 'first_write_s'));
}
