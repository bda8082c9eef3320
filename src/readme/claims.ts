import { MissingData, type Queryable } from '../results/core/query.js';
import { claims } from '../results/derived/claims.js';
import { markdown, withInterval } from './markdown.js';

/** The claims of 2022, each with what this campaign says. */
export async function claimsTable(data: Queryable): Promise<string> {
  const judged = await claims(data);
  if (judged.every(({ verdict }) => verdict === 'not tested'))
    throw new MissingData('no configuration of 2022 with its fault confirmed');
  const rows = judged.map(({ claim, parts, verdict }) => [
    claim,
    parts.map((part) => `${part.words}: ${part.published.toFixed(2)}`).join('<br>'),
    parts.map(({ is, bound }) => `${is} ${bound.toFixed(2)}`).join('<br>'),
    parts.map(({ ours, untested }) => (ours ? withInterval(ours) : untested)).join('<br>'),
    verdict,
  ]);
  return markdown(['claim', '2022, as a ratio', 'holds where', 'here (95 % interval)', 'verdict'], rows);
}
