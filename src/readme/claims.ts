import { severityWords } from '../figures/parts/words.js';
import { MissingData, type Queryable } from '../results/core/query.js';
import { claims, type JudgedPart } from '../results/derived/claims.js';
import { markdown, withInterval } from './markdown.js';

/** The claims of 2022, each with what this campaign says. */
export async function claimsTable(data: Queryable): Promise<string> {
  const judged = await claims(data);
  if (judged.every(({ verdict }) => verdict === 'not tested'))
    throw new MissingData('no configuration of 2022 with its fault confirmed');
  const rows = judged.map(({ claim, parts, verdict, timesTrials }) => [
    claim,
    parts.map((part) => `${part.words}: ${part.published.toFixed(2)}`).join('<br>'),
    parts.map(({ is, bound }) => `${is} ${bound.toFixed(2)}`).join('<br>'),
    parts.map(here).join('<br>'),
    timesTrials === null ? verdict : `${verdict} (${timesWords(timesTrials)})`,
  ]);
  return markdown(['claim', '2022, as a ratio', 'holds where', 'here (95 % interval)', 'verdict'], rows);
}

function here({ ours, untested, harder, bySitting }: JudgedPart): string {
  if (ours === null) return untested!;
  const instead = harder.map((one) => ` at ${severityWords(one)}, since the severity of 2022 took no effect`);
  const each = bySitting.map((one) => withInterval(one)).join(', ');
  return `${withInterval(ours)}${instead.join('')}${each && `; by sitting ${each}`}`;
}

function timesWords(times: number): string {
  if (times > BEYOND_REACH) return 'its ratio is at the cut-off, where no number of trials decides';
  return `${times < 10 ? times.toFixed(1) : Math.round(times)} times the trials`;
}

/** So many times as many trials that nobody makes them. */
const BEYOND_REACH = 100;
