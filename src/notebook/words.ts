import { number } from '../figures/parts/words.js';

/** `3.97 to 16.4 s`, from the least to the most; `3.97 s` where they are the same, as they are of one value. */
export function span(values: readonly number[], unit = ''): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(number);
  return `${least === most ? least : `${least} to ${most}`}${unit && ` ${unit}`}`;
}
