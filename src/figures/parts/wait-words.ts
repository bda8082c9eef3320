import type { Waits } from '../../results/core/waits.js';

/**
 * The humps of a distribution, each with its share: `5.2 s (6 of 10 trials), 10.2 s (2), ≥ 11.7 s (2)`. With one alone,
 * `5.2 to 5.6 s`; what somebody ended is apart, as a bound.
 * @param unit left out in a table whose head has it
 */
export function waitWords({ waits, humps }: Waits, unit = ' s'): string {
  const censored = waits.filter((one) => one.censored).map(({ time }) => time);
  const parts = [
    ...humps.map(({ least, most, trials }) => ({ words: seconds([least, most], unit), trials })),
    ...(censored.length > 0 ? [{ words: `≥ ${seconds(censored, unit)}`, trials: censored.length }] : []),
  ];
  if (parts.length === 1) return parts[0]!.words;
  const of = ` of ${waits.length}${unit && ' trials'}`;
  return parts.map(({ words, trials }, i) => `${words} (${trials}${i === 0 ? of : ''})`).join(', ');
}

/** From the shortest wait to the longest, of those that were over by themselves: `5.2 to 15.6 s`; bounds alone as such. */
export function spanWords({ waits, humps }: Waits): string {
  if (humps.length === 0) return `≥ ${seconds(waits.map(({ time }) => time))}`;
  const censored = waits.filter((one) => one.censored).length;
  const open = censored > 0 ? ` (in ${censored} of ${waits.length} trials, longer than was watched)` : '';
  return `${seconds([humps[0]!.least, humps.at(-1)!.most])}${open}`;
}

/** `5.2 s`, or `5.2 to 15.6 s`. */
export function seconds(values: readonly number[], unit = ' s'): string {
  const [least, most] = [Math.min(...values).toFixed(1), Math.max(...values).toFixed(1)];
  return least === most ? `${least}${unit}` : `${least} to ${most}${unit}`;
}
