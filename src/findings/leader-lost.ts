import { seconds, spanWords } from '../figures/parts/wait-words.js';
import { MissingData } from '../results/core/query.js';
import type { Waits } from '../results/core/waits.js';
import type { Finding } from './finding.js';
import { list } from './list.js';
import { lossEvent } from './loss-events.js';
import { clientWaits, closedLoopWaits, type Wait } from './waits.js';

/** How long clients wait for a new leader, and for which ways of losing it nobody knows. */
export const leaderLost: Finding = {
  name: 'leader-lost',
  title: 'For how long clients wait when the leader is lost',
  figure: 'outage',
  say: async (data) => {
    const closed = await closedLoopWaits(data);
    const all = closed.length > 0 ? closed : await clientWaits(data);
    const known = all.filter(({ versions }) => versions.some(({ wait }) => wait.humps.length > 0));
    const main = known[0] ?? all[0];
    if (!main) throw new MissingData('no usable run in which the leader was lost');
    const others = known.filter((one) => one !== main);
    return {
      headline: `When the leader ${lossEvent(main)}, ${waited(main)}.`,
      more: [
        ...leaders(main),
        ...others.map((one) => `When it ${lossEvent(one)}, ${waited(one)}.`),
        ...untilLifted(all),
      ],
      ...(closed.length > 0 ? {} : { figure: 'recovery' }),
    };
  },
};

function waited({ until, versions }: Wait): string {
  const spans = versions.map(({ version, wait }) => `${spanWords(wait)} (${version})`);
  const what =
    until === 'anything succeeded' ? 'no operation succeeded for' : 'a write succeeded again after';
  return `${what} ${list(spans)}`;
}

/** When there was another leader; where the benchmark of 2022 waited longer than that, why. */
function leaders({ fault, until, versions }: Wait): string[] {
  const known = versions.flatMap(({ new_leader }) => ends(new_leader));
  if (known.length === 0) return [];
  const why =
    fault === 'crash' && until === 'anything succeeded'
      ? ' Why clients waited longer: the client library decides when to ask another node, and a dead node’s address never answers, so the first dial waits out its 5 s time-out (read in its source; data/library of the project tells what is the library’s, and what dqlite’s).'
      : '';
  return [`The nodes had a new leader after ${seconds(known)}.${why}`];
}

function ends({ humps }: Waits): number[] {
  return humps.flatMap(({ least, most }) => [least, most]);
}

/** The losses after which no trial was served before they ended. */
function untilLifted(all: readonly Wait[]): string[] {
  const only = all.filter(({ versions }) => versions.every(({ wait }) => wait.humps.length === 0));
  if (only.length === 0) return [];
  const times = only.flatMap(({ versions }) =>
    versions.flatMap(({ wait }) => wait.waits.map(({ time }) => time)),
  );
  const losses = only.map(({ loss }) => phrase(loss));
  return [
    `After ${list(losses, 'or')} of the leader, no trial had service again before the fault, or the run, ended (after ${seconds(times)}): how long clients would wait without that is not known.`,
  ];
}

/** `Network cut, inbound` as it stands in a sentence: `inbound network cut`. */
function phrase(loss: string): string {
  return loss.toLowerCase().split(', ').reverse().join(' ');
}
