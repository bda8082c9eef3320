import type { Estimate, Ratio } from '../../results/core/interval.js';
import type { Configuration } from '../../results/derived/configurations.js';
import { faultDescription, NO_FAULT } from '../../vocabulary/faults.js';

/** A fault, or several, in words; one that is not known stays as it is written. */
export function faultWords(fault: string): string {
  if (fault === NO_FAULT) return 'No fault';
  const [first = '', ...others] = fault.split('+').map((kind) => faultDescription(kind)?.label ?? kind);
  return [first, ...others.map((label) => label.charAt(0).toLowerCase() + label.slice(1))].join(' and ');
}

/** A fault in words, with the restart after a crash, which is another scenario. */
export function lossWords({ fault, lifted }: { fault: string; lifted: boolean }): string {
  return fault === 'crash' && lifted ? 'Crash and restart' : faultWords(fault);
}

/** `3 burners`, `0.25 CPU`, `50 MB`; empty where a fault has no severity. */
export function severityWords({
  fault,
  severity,
  severity_unit: unit,
}: Pick<Configuration, 'fault' | 'severity' | 'severity_unit'>): string {
  if (severity === null || unit === null || faultDescription(fault)?.unit === null) return '';
  const amount = exactly(severity);
  if (unit.startsWith('burners')) return `${amount} ${severity === 1 ? 'burner' : 'burners'}`;
  if (unit === 'bytes_per_s') return `${bytes(severity)}/s`;
  if (unit === 'percent') return `${amount} %`;
  return `${amount} ${unit === 'cpus' ? 'CPU' : unit}`;
}

/** Bytes of a MB of memory, as in 2022's limits: 2^20. */
export const MB = 2 ** 20;

/** A number of bytes with a decimal prefix. */
export function bytes(value: number): string {
  const power = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(value, 1)) / 3)));
  return `${Number((value / 1000 ** power).toPrecision(3))} ${['B', 'kB', 'MB', 'GB'][power]}`;
}

/** A number as it is, with commas between thousands. */
const exactly = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 15 });

/** A number to three significant digits, with commas between thousands. */
export function number(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1000 ? Math.round(rounded).toLocaleString('en-US') : String(rounded);
}

/** `9,380 (95 % interval 9,100 to 9,660)`, or the value alone where there is no interval. */
export function estimateWords({ value, low, high }: Estimate, unit = ''): string {
  const of = unit && ` ${unit}`;
  if (low === null || high === null) return `${number(value)}${of}`;
  const [from, to] = [number(low), number(high)];
  return `${number(value)}${of} (95 % interval ${from === to ? 'narrower than its last digit' : `${from} to ${to}`})`;
}

/** How a p-value goes on after the letter: `= 0.012`. */
export function chanceWords(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** A share as a percentage that never rounds a failure away: `100 %` is all of them. */
export function shareWords(share: number): string {
  if (share > 1 - 1e-9) return '100 %';
  if (share === 0) return '0 %';
  const digits = share > 0.99 || share < 0.01 ? 2 : share > 0.9 || share < 0.1 ? 1 : 0;
  if (share > 0.9999) return '> 99.99 %';
  return share > 0 && share < 0.0001 ? '< 0.01 %' : `${(100 * share).toFixed(digits)} %`;
}

/** How the intervals of ratios are made. */
export const WITHIN_BLOCKS = 'least squares on logarithms within blocks';

/** Stands beside each ratio that is of unpaired means. */
export const UNPAIRED = '†';

/** The mark of a ratio: none where it was taken within blocks. */
export function methodMark(ratio: { method?: Ratio['method'] } | null): string {
  return ratio?.method === 'unpaired means' ? UNPAIRED : '';
}

/** What the mark says, where one of these ratios has it. */
export function unpairedWords(ratios: readonly (Ratio | null)[]): string {
  const marked = ratios.filter((ratio) => methodMark(ratio) !== '').length;
  return marked === 0 ? '' : ` “${UNPAIRED}”: ${UNPAIRED_WORDS} (${marked} of ${ratios.length}).`;
}

/** The same for a legend, without the mark. */
export const UNPAIRED_WORDS =
  'a ratio of unpaired means, since too few blocks are shared or a run measured 0';

/** `3 trials each`, or `3 to 5 trials each`. */
export function trialsWords(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `${least === most ? least : `${least} to ${most}`} ${most === 1 ? 'trial' : 'trials'} each`;
}

/**
 * What the whiskers of a figure are, with these numbers of trials: one trial has none.
 * @param how what the intervals are made by
 */
export function whiskerWords(counts: readonly number[], how = 'Student’s t'): string {
  if (Math.max(...counts) === 1) return 'One trial each, so there are no intervals.';
  const single = Math.min(...counts) === 1 ? '; a single trial has no interval' : '';
  return `Whiskers are 95 % intervals over trials (${how}, ${trialsWords(counts)})${single}.`;
}

/** {@link whiskerWords} for a short caption. */
export function shortWhiskers(counts: readonly number[]): string {
  return Math.max(...counts) === 1 ? 'One trial each.' : 'Whiskers are 95 % intervals over trials.';
}

/** Rounds to six significant digits, so that a spec holds no noise of arithmetic. */
export function round<V extends number | null>(value: V): V {
  return (value === null ? null : Number(value.toPrecision(6))) as V;
}

/** For the middle of a sentence: `packet loss`, but `CPU limit`. */
export function uncapital(words: string): string {
  return /^[A-Z](?![A-Z])/.test(words) ? words[0]!.toLowerCase() + words.slice(1) : words;
}

export { capital } from '../../common/capital.js';
