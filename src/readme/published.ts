import { MissingData, type Queryable } from '../results/core/query.js';
import { comparePublished } from '../results/derived/published.js';
import { markdown, withInterval } from './markdown.js';

/** Each effect that 2022 published, beside ours; the baseline curve is left to the figure. */
export async function effectsTable(data: Queryable): Promise<string> {
  const rows = (await comparePublished(data)).filter(
    ({ figure, fault }) => figure !== 'baseline' && fault !== 'none',
  );
  if (rows.every(({ ours }) => ours === null)) throw new MissingData('none of the configurations of 2022');
  return markdown(
    [
      'figure',
      'configuration',
      '2022, relative to its baseline',
      'here (95 % interval)',
      'once every worker reads',
    ],
    rows.map(({ figure, label, ratio, oursRatio, steadyRatio }) => [
      figure,
      label,
      ratio.toFixed(2),
      oursRatio ? withInterval(oursRatio) : 'no usable run',
      steadyRatio ? withInterval(steadyRatio) : '–',
    ]),
  );
}
