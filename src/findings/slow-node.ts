import { pointsWords, timesWords } from '../figures/parts/client-words.js';
import { faultWords, severityWords, UNPAIRED_WORDS, uncapital } from '../figures/parts/words.js';
import type { Ratio } from '../results/core/interval.js';
import { MissingData } from '../results/core/query.js';
import { isControl } from '../results/derived/client-baseline.js';
import { type ClientImpact, clientImpacts } from '../results/derived/client-impact.js';
import { type Impact, impacts } from '../results/derived/impact.js';
import { killedForMemory } from '../results/runs/evidence.js';
import { faultDescription } from '../vocabulary/faults.js';
import type { Finding, Said } from './finding.js';
import { percent } from './list.js';

/** What a fault costs that leaves its node running, on the leader and on a follower. */
export const slowNode: Finding = {
  name: 'slow-node',
  title: 'What a slow node costs',
  figure: 'impact',
  asks: 'costs',
  say: async (data) => {
    const all = await impacts(data).catch(async (error) => {
      if (!(error instanceof MissingData)) throw error;
      return null;
    });
    if (all === null) return ofClient(await clientImpacts(data), await killedForMemory(data));
    const slow = all.filter(({ fault }) => !faultDescription(fault)?.unavailable);
    const [leader, follower] = [worst(slow, 'leader'), worst(slow, 'follower')];
    if (!leader && !follower)
      throw new MissingData('no fault that leaves its node running, beside a baseline');
    const both = [leader, follower].filter((one) => one !== undefined);
    const words = both.map(
      (one) =>
        `${named(one)} on ${one.target_role === 'leader' ? 'the leader' : 'a follower'} left ${left(one)}`,
    );
    return {
      headline: `The worst that a slow node did, of what was tried: ${words.join('; ')}.`,
      more: [
        'Reads alone do not tell the whole cost: in a closed loop they can even rise when fewer writes succeed.',
      ],
    };
  },
};

/** The same of writes of the client, where there are no runs of 2022's benchmark; a node that died was not slow. */
function ofClient(all: readonly ClientImpact[], died: ReadonlySet<string>): Said {
  const slow = all.filter(
    (one) =>
      one.kind === 'write' &&
      one.shares &&
      !faultDescription(one.fault)?.unavailable &&
      !isControl(one) &&
      !one.trials.some(({ run_id }) => died.has(run_id)),
  );
  const served = (one: ClientImpact) => one.shares!.within_1s;
  const worst = (['leader', 'follower'] as const).flatMap((role) => {
    const [first] = slow
      .filter(({ target_role }) => target_role === role)
      .toSorted((a, b) => served(a).difference.value - served(b).difference.value || longer(b) - longer(a));
    return first ? [{ first, on: role === 'leader' ? 'the leader' : 'a follower' }] : [];
  });
  if (worst.length === 0) throw new MissingData('no fault that leaves its node running, beside a baseline');
  const words = worst.map(({ first, on }) => {
    const [left, without] = [percent(served(first).with_fault), percent(served(first).without)];
    const { difference } = served(first);
    const lost = pointsWords(difference.value);
    return left === without && Math.abs(difference.value) < 0.01
      ? `on ${on}, whatever was tried cost less than a percentage point of the writes within 1 s (at worst ${lost}, ${uncapital(named(first))})`
      : `on ${on}, ${uncapital(named(first))} left ${left} of the writes within 1 s (${without} without it${left === without ? `; ${lost} within blocks` : ''})`;
  });
  const tails = worst.flatMap(({ first, on }) => {
    const { ratio } = first.times.p99_due_ms;
    return ratio && tells(ratio)
      ? [`With ${uncapital(named(first))} on ${on}, the 99th percentile was ${timesWords(ratio)}.`]
      : [];
  });
  return {
    headline: `The worst that a slow node did: ${words.join('; ')}.`,
    more: tails,
    figure: 'client-impact',
  };
}

/** A ratio whose interval spans more than this factor is known from too few trials to be told. */
const WIDEST = 100;

function tells({ low, high }: Ratio): boolean {
  return low === null || high === null || high <= WIDEST * low;
}

function longer({ times }: ClientImpact): number {
  return times.p99_due_ms.ratio?.value ?? Infinity;
}

function worst(all: readonly Impact[], role: string): Impact | undefined {
  return all
    .filter(({ target_role }) => target_role === role)
    .toSorted((a, b) => a.throughput.value - b.throughput.value)[0];
}

function named(one: Impact | ClientImpact): string {
  const severity = severityWords(one);
  return `${faultWords(one.fault)}${severity ? ` (${severity})` : ''}`;
}

function left({ throughput: { value, low, high, method } }: Impact): string {
  const interval =
    low === null || high === null ? '' : ` (95 % interval ${percent(low)} to ${percent(high)})`;
  return `${percent(value)} of the reads${interval}${method === 'unpaired means' ? `, ${UNPAIRED_WORDS}` : ''}`;
}
