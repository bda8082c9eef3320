import { seconds, spanWords } from '../figures/parts/wait-words.js';
import { MissingData } from '../results/core/query.js';
import type { Finding } from './finding.js';
import { list } from './list.js';
import { type Wait, waits } from './waits.js';

/** How long clients wait for a new leader, and for which ways of losing it nobody knows. */
export const leaderLost: Finding = {
  name: 'leader-lost',
  title: 'For how long clients wait when the leader is lost',
  figure: 'outage',
  say: async (data) => {
    const all = await waits(data);
    const killed = all.find(({ fault, lifted }) => fault === 'crash' && !lifted);
    const main = killed ?? all[0];
    if (!main) throw new MissingData('no usable run in which the leader was lost');
    const words = main.versions.map(({ version, outage }) => `${spanWords(outage)} (${version})`);
    const loss = killed ? 'was killed' : `was lost (${main.loss.toLowerCase()})`;
    return {
      headline: `When the leader ${loss}, no operation succeeded for ${list(words)}.`,
      more: [...leaders(main), ...untilLifted(all)],
    };
  },
};

function leaders(main: Wait): string[] {
  const known = main.versions
    .flatMap(({ groups }) => groups.flatMap(({ new_leader }) => new_leader.humps))
    .flatMap(({ least, most }) => [least, most]);
  return known.length === 0
    ? []
    : [
        `The nodes had a new leader after ${seconds(known)}. Why clients waited longer: the client library decides when to ask another node, and a dead node’s address never answers, so the first dial waits out its 5 s time-out (read in its source, not tested).`,
      ];
}

function untilLifted(all: readonly Wait[]): string[] {
  const only = all.filter(({ versions }) => versions.every(({ outage }) => outage.humps.length === 0));
  if (only.length === 0) return [];
  const times = only.flatMap(({ versions }) =>
    versions.flatMap(({ outage }) => outage.waits.map(({ time }) => time)),
  );
  const losses = only.map(({ loss }) => phrase(loss));
  return [
    `After ${list(losses, 'or')} of the leader, no trial had service again before the fault ended (after ${seconds(times)}): how long clients would wait without that is not known.`,
  ];
}

/** `Network cut, inbound` as it stands in a sentence: `inbound network cut`. */
function phrase(loss: string): string {
  return loss.toLowerCase().split(', ').reverse().join(' ');
}
