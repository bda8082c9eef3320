/// <reference lib="dom" />
import * as vg from '@uwdata/vgplot';

/** One colour for each outcome, wherever it is drawn. */
export const outcomeColours = [
  vg.colorDomain(['ok', 'fail', 'unknown', 'indeterminate', 'censored', 'dropped']),
  vg.colorRange(['#0b7fc7', '#c8530f', '#c9a227', '#c9a227', '#8a929b', '#8b62c9']),
];

/** The size of a chart in px, as wide as `most` where the page has room; its ink is that of the page. */
export function size(most: number, height: number) {
  const width = Math.min(most, document.documentElement.clientWidth - 40);
  return [vg.width(width), vg.height(height), vg.style({ background: 'none', color: 'inherit' })];
}

/** The px that names take which label an axis, with its ticks. */
export function roomFor(names: readonly string[]): number {
  const pen = document.createElement('canvas').getContext('2d')!;
  pen.font = '10px system-ui, sans-serif'; // that of charts
  return Math.ceil(Math.max(0, ...names.map((name) => pen.measureText(name).width))) + 15;
}

/** Whether the page is dark. */
export function isDark(): boolean {
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

/** `10,000`; with so many digits that tell something where some are given. */
export function inWords(value: number, digits?: number): string {
  return value.toLocaleString('en-US', digits === undefined ? {} : { maximumSignificantDigits: digits });
}

/** The tick of an axis of counts: `10,000`, and `2.5 M` of millions, for which an axis has no room otherwise. */
export function countTick(count: number): string {
  return count < 1e6 ? inWords(count) : `${inWords(count / 1e6)} M`;
}

/** The tick of an axis of logarithms. */
export function powerOfTen(exponent: number): string {
  return inWords(10 ** exponent, 2);
}
