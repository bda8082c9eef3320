import { pointsWords } from '../figures/parts/client-words.js';
import { methodMark } from '../figures/parts/words.js';
import type { Estimate, Ratio } from '../results/core/interval.js';

/** A table in Markdown. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `0.37 (0.31 to 0.44)`, or the value alone where it has no interval; marked where it is a ratio of unpaired means. */
export function withInterval(estimate: Estimate | Ratio, digits = 2): string {
  const { value, low, high } = estimate;
  const alone = `${value.toFixed(digits)}${'method' in estimate ? methodMark(estimate) : ''}`;
  return low === null || high === null
    ? alone
    : `${alone} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}

/** `−1.2 pp (−2 pp to −0.4 pp)`: a difference of shares in percentage points. */
export function pointsWithInterval({ value, low, high }: Estimate): string {
  const interval = low === null || high === null ? '' : ` (${pointsWords(low)} to ${pointsWords(high)})`;
  return `${pointsWords(value)}${interval}`;
}

/** `5.2`, or `10.2 to 15.6`. */
export function range(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const [least, most] = [Math.min(...values).toFixed(1), Math.max(...values).toFixed(1)];
  return least === most ? least : `${least} to ${most}`;
}
