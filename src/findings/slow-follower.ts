import { groupBy } from '../common/group.js';
import { askedWords, controlWords, pointsWords } from '../figures/parts/client-words.js';
import { capital, faultWords, number, severityWords, uncapital } from '../figures/parts/words.js';
import type { Estimate } from '../results/core/interval.js';
import { MissingData, orNone } from '../results/core/query.js';
import { isControl } from '../results/derived/client-baseline.js';
import {
  type ClientVerdict,
  clientVerdicts,
  MARGINS,
  type MatterPart,
} from '../results/derived/client-verdicts.js';
import type { Finding } from './finding.js';
import { list } from './list.js';

/** The command that measures what this finding is about, in about an hour. */
export const SLOW_FOLLOWER_COMMAND =
  'npm run collect -- reference/baseline disk-slow-follower disk-throttle-follower network-delay-follower network-rate-follower --trials 10 --duration 20 --out data/slow-follower';

const SLOW: readonly string[] = ['disk-slow', 'disk-throttle', 'network-delay', 'network-rate'];

/** Whether writes notice that a follower's disk or network is slow. */
export const slowFollower: Finding = {
  name: 'slow-follower',
  title: 'Whether a slow disk or network of a follower matters to writes',
  figure: 'client-impact',
  asks: 'followers',
  say: async (data) => {
    const all = await verdictsOf(data);
    const slow = all.filter(
      ({ impact }) => impact.target_role === 'follower' && SLOW.includes(impact.fault) && !isControl(impact),
    );
    if (slow.length === 0)
      throw new MissingData(
        `no runs of the client with a slow disk or network of a follower, beside a baseline; \`${SLOW_FOLLOWER_COMMAND}\` makes them`,
      );
    const named = namesOf(slow);
    const groups = groupBy(slow, ({ verdict }) => verdict);
    const words = (['does not matter', 'matters', 'undecided'] as const).flatMap((verdict) => {
      const names = (groups.get(verdict) ?? []).map(named);
      return names.length === 0 ? [] : [`${list(names)} ${phrase(verdict, names.length)}`];
    });
    return {
      headline: `On a follower, ${words.join('; ')}.`,
      more: [
        ...slow.map((one) => `${capital(named(one))}: ${one.parts.map(partWords).join('; ')}.`),
        `A fault does not matter where times are shown to be at most ${MARGINS.longer} times those of runs without it in the same blocks, and the share of writes that succeeded within 1 s at most ${100 * MARGINS.late_share} percentage point smaller; it matters where one is shown to be worse. The margins are ours.${controlWords(slow.map(({ impact }) => impact))}`,
      ],
    };
  },
};

async function verdictsOf(data: Parameters<Finding['say']>[0]): Promise<readonly ClientVerdict[]> {
  return orNone(clientVerdicts(data, 'write'));
}

function namesOf(all: readonly ClientVerdict[]): (one: ClientVerdict) => string {
  const asked = askedWords(all.map(({ impact }) => impact));
  return ({ impact }) => {
    const details = [severityWords(impact), asked(impact)].filter(Boolean).join(', ');
    return `${uncapital(faultWords(impact.fault))}${details ? ` (${details})` : ''}`;
  };
}

function phrase(verdict: ClientVerdict['verdict'], n: number): string {
  if (verdict === 'matters') return n === 1 ? 'matters to writes' : 'matter to writes';
  if (verdict === 'does not matter') return `${n === 1 ? 'does' : 'do'} not matter to writes`;
  return n === 1 ? 'may or may not matter: it is undecided' : 'may or may not matter: they are undecided';
}

const MEASURES: Record<MatterPart['measure'], string> = {
  within_1s: 'writes within 1 s',
  p50_due_ms: 'median',
  p99_due_ms: '99th percentile',
};

function partWords({ measure, estimate }: MatterPart): string {
  const name = MEASURES[measure];
  if (estimate === null) return `${name}: too few writes succeeded`;
  const words = measure === 'within_1s' ? pointsWords : (value: number) => `× ${number(value)}`;
  return `${name} ${words(estimate.value)}${intervalWords(estimate, words)}`;
}

function intervalWords({ low, high }: Estimate, words: (value: number) => string): string {
  return low === null || high === null
    ? ' (one trial, no interval)'
    : ` (95 % interval ${words(low)} to ${words(high)})`;
}
