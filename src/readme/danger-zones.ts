import { counted } from '../common/counted.js';
import { crossingWords } from '../figures/parts/danger-words.js';
import { faultWords, number, severityWords } from '../figures/parts/words.js';
import { percent } from '../findings/list.js';
import type { Estimate } from '../results/core/interval.js';
import type { Queryable } from '../results/core/query.js';
import { type Lost, type Sweep, sweeps } from '../results/derived/sweep.js';
import { markdown } from './markdown.js';

/** Where each fault takes a tenth of the service and half of it, and what each severity took, from mild to hard. */
export async function dangerZonesTable(data: Queryable): Promise<string> {
  return markdown(
    [
      'fault',
      'on the',
      'seconds',
      'reads',
      'a tenth is lost',
      'half',
      'lost by severity',
      'and after the lift',
      'took no effect at',
    ],
    (await sweeps(data)).map((one) => [
      faultWords(one.fault),
      one.target_role,
      number(one.for_s),
      percent(one.reads),
      crossingWords(one, one.danger.tenth),
      crossingWords(one, one.danger.half),
      one.points.map((point) => lostWords(one, point)).join('<br>'),
      one.points.flatMap((point) => afterWords(one, point)).join('<br>') || '–',
      one.untested.map((point) => untestedWords(one, point)).join('<br>') || '–',
    ]),
  );
}

/** `20 ms: 3 % (1 % to 5 %), 5 trials`. */
function lostWords(sweep: Sweep, { severity, lost, trials }: Lost): string {
  return `${severityWords({ ...sweep, severity })}: ${shareWords(lost)}, ${counted(trials.length, 'trial')}`;
}

/** `20 ms: 30 % (21 % to 39 %)`; none where nothing can be told. */
function afterWords(sweep: Sweep, { severity, after }: Lost): string[] {
  return after ? [`${severityWords({ ...sweep, severity })}: ${shareWords(after)}`] : [];
}

function shareWords({ value, low, high }: Estimate): string {
  return `${percent(value)}${low === null || high === null ? '' : ` (${percent(low)} to ${percent(high)})`}`;
}

/** `0.5 CPU in 5 trials`. */
function untestedWords(sweep: Sweep, { severity, trials }: Sweep['untested'][number]): string {
  return `${severityWords({ ...sweep, severity })} in ${counted(trials, 'trial')}`;
}
