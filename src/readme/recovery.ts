import { clientLabels } from '../figures/parts/client-words.js';
import { waitWords } from '../figures/parts/wait-words.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { PHASES, type Phase, phaseOf, recoveries, tookTheLeader } from '../results/derived/recovery.js';
import { markdown } from './markdown.js';

const SHOWN: readonly Phase[] = ['new_leader_s', 'first_read_s', 'first_write_s', 'back_s'];

/** For each loss of the leader that clients met, a row: when each step of the recovery came, over trials. */
export async function recoveryTable(data: Queryable): Promise<string> {
  const lost = (await recoveries(data)).filter(tookTheLeader);
  if (lost.length === 0) throw new MissingData('in no usable run with the client was the leader lost');
  const label = clientLabels(lost);
  return markdown(
    [
      'leader lost by',
      'trials',
      ...SHOWN.map((phase) => `${PHASES[phase]}, s`),
      'longest wait, s',
      'unknown writes',
    ],
    lost.map((one) => [
      label(one).replace('\n', ', '),
      String(one.trials.length),
      ...SHOWN.map((name) => waitWords(phaseOf(one, name), '') || '–'),
      one.longest_wait_s.toFixed(1),
      String(one.unknown_writes),
    ]),
  );
}
