import { faultWords, severityWords, UNPAIRED_WORDS } from '../figures/parts/words.js';
import { MissingData } from '../results/core/query.js';
import { type Impact, impacts } from '../results/derived/impact.js';
import { faultDescription } from '../vocabulary/faults.js';
import type { Finding } from './finding.js';
import { percent } from './list.js';

/** What a fault costs that leaves its node running, on the leader and on a follower. */
export const slowNode: Finding = {
  name: 'slow-node',
  title: 'What a slow node costs',
  figure: 'impact',
  say: async (data) => {
    const slow = (await impacts(data)).filter(({ fault }) => !faultDescription(fault)?.unavailable);
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

function worst(all: readonly Impact[], role: string): Impact | undefined {
  return all
    .filter(({ target_role }) => target_role === role)
    .toSorted((a, b) => a.throughput.value - b.throughput.value)[0];
}

function named(one: Impact): string {
  const severity = severityWords(one);
  return `${faultWords(one.fault)}${severity ? ` (${severity})` : ''}`;
}

function left({ throughput: { value, low, high, method } }: Impact): string {
  const interval =
    low === null || high === null ? '' : ` (95 % interval ${percent(low)} to ${percent(high)})`;
  return `${percent(value)} of the reads${interval}${method === 'unpaired means' ? `, ${UNPAIRED_WORDS}` : ''}`;
}
