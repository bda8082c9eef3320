import { askedWords } from '../figures/parts/client-words.js';
import { faultWords, number, severityWords } from '../figures/parts/words.js';
import type { Queryable } from '../results/core/query.js';
import { type ClientPhases, clientPhases, PHASES } from '../results/derived/client-phases.js';
import { lengthOf } from '../results/derived/client-runs.js';
import { markdown, pointsWithInterval } from './markdown.js';

/** What was served before, during and after each fault that was lifted; what was served least during it first. */
export async function clientPhasesTable(data: Queryable): Promise<string> {
  const during = ({ phases }: ClientPhases) => phases.during.difference.value;
  const rows = (await clientPhases(data)).toSorted((a, b) => during(a) - during(b));
  const asked = askedWords(rows);
  return markdown(
    [
      'fault',
      'on the',
      'of',
      'seconds',
      'trials',
      ...PHASES.flatMap((phase) => [phase, `${phase}: difference`]),
    ],
    rows.map((one) => [
      [faultWords(one.fault), severityWords(one), asked(one)].filter(Boolean).join(', '),
      one.target_role,
      `${one.kind}s`,
      number(lengthOf(one)!),
      String(one.trials.length),
      ...PHASES.flatMap((phase) => {
        const { share, difference } = one.phases[phase];
        return [`${(100 * share).toFixed(1)} %`, pointsWithInterval(difference)];
      }),
    ]),
  );
}
