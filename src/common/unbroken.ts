/** Units as they are written in texts, the longer ones first. */
const UNITS = ['kB/s', 'MB/s', 'kB', 'MB', 'GB', 'B', 'min', 'ms', 'µs', 'ns', 's', 'CPUs?', 'cores?', '%'];
const BEFORE_UNIT = new RegExp(`(?<=\\d) (?=(?:${UNITS.join('|')})(?![\\w/]))`, 'g');
const AFTER_SIGN = /(?<=[×≥≤<>])[ \u2009](?=\d)/g;

/** Plain text in which no line breaks within a number and its unit or sign: the space between them is a no-break space. */
export function unbroken(text: string): string {
  return text.replace(BEFORE_UNIT, '\u00a0').replace(AFTER_SIGN, '\u00a0');
}
