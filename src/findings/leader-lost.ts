import { groupBy } from '../common/group.js';
import { seconds, spanWords, waitWords } from '../figures/parts/wait-words.js';
import { faultWords } from '../figures/parts/words.js';
import { MissingData, orNone, type Queryable } from '../results/core/query.js';
import { waitsOf } from '../results/core/waits.js';
import { type Phase, type Recovery, recoveries } from '../results/derived/recovery.js';
import { LOSSES } from '../vocabulary/faults.js';
import type { Finding, Said } from './finding.js';
import { list } from './list.js';
import { type Wait, waits } from './waits.js';

/** How long clients wait for a new leader, and for which ways of losing it nobody knows. */
export const leaderLost: Finding = {
  name: 'leader-lost',
  title: 'For how long clients wait when the leader is lost',
  figure: 'outage',
  say: async (data) => {
    const all = await orNone(waits(data));
    const killed = all.find(({ fault, lifted }) => fault === 'crash' && !lifted);
    const main = killed ?? all[0];
    if (!main) return ofClient(data);
    const words = main.versions.map(({ version, outage }) => `${spanWords(outage)} (${version})`);
    const loss = killed ? 'was killed' : `was lost (${main.loss.toLowerCase()})`;
    return {
      headline: `When the leader ${loss}, no operation succeeded for ${list(words)}.`,
      more: [...leaders(main), ...untilLifted(all)],
    };
  },
};

/** The same from what an open loop of the client met: with the library's own time-outs where there are such runs. */
async function ofClient(data: Queryable): Promise<Said> {
  const losses: readonly string[] = LOSSES;
  const all = (await orNone(recoveries(data))).filter(
    ({ fault, arrivals }) => losses.includes(fault) && arrivals === 'open',
  );
  const asTheyCome = all.filter(
    ({ client_settings }) => !/"(dial|probe|attempt)_timeout_s"/.test(client_settings),
  );
  const [first] = asTheyCome.filter(({ fault }) => fault === 'crash').concat(asTheyCome, all);
  if (!first) throw new MissingData('no usable run in which the leader was lost');
  const same = (asTheyCome.length > 0 ? asTheyCome : all).filter(
    ({ scenario }) => scenario === first.scenario,
  );
  const words = [...groupBy(same, ({ debian_release }) => debian_release ?? 'dqlite')].map(
    ([release, ones]) => `${waitWords(phase(ones, 'first_write_s'))} (${release})`,
  );
  const loss = first.fault === 'crash' ? 'was killed' : `was lost (${faultWords(first.fault).toLowerCase()})`;
  return {
    headline: `When the leader ${loss}, a write succeeded again after ${list(words)}.`,
    more: [`Another leader was known after ${waitWords(phase(same, 'new_leader_s'))}.`],
    figure: 'recovery',
  };
}

function phase(ones: readonly Recovery[], name: Phase) {
  return waitsOf(ones.flatMap(({ phases }) => phases.find((one) => one.phase === name)!.waits));
}

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
