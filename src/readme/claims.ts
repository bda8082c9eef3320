import { severityWords } from '../figures/parts/words.js';
import { undecidedWords } from '../findings/verdicts.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { claims, type JudgedPart } from '../results/derived/claims.js';
import { markdown, withInterval } from './markdown.js';

/** The claims of 2022, each with what this campaign says. */
export async function claimsTable(data: Queryable): Promise<string> {
  const judged = await claims(data);
  if (judged.every(({ verdict }) => verdict === 'not tested'))
    throw new MissingData('no configuration of 2022 with its fault confirmed');
  const rows = judged.map((one) => [
    one.claim,
    one.parts.map((part) => `${part.words}: ${part.published.toFixed(2)}`).join('<br>'),
    one.parts.map(({ is, bound }) => `${is} ${bound.toFixed(2)}`).join('<br>'),
    one.parts.map(here).join('<br>'),
    one.verdict === 'undecided' ? `undecided (${undecidedWords(one)})` : one.verdict,
  ]);
  return markdown(['claim', '2022, as a ratio', 'holds where', 'here (95 % interval)', 'verdict'], rows);
}

function here({ ours, untested, harder, apart }: JudgedPart): string {
  if (ours === null) return untested!;
  const instead = harder.map((one) => ` at ${severityWords(one)}, since the severity of 2022 took no effect`);
  const each = apart?.ratios
    .map(({ name, ratio }) => `${apart.by === 'processor' ? `${name} ` : ''}${withInterval(ratio)}`)
    .join(', ');
  return `${withInterval(ours)}${instead.join('')}${apart ? `; by ${apart.by} ${each}` : ''}`;
}
