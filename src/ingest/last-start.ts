import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const FIRST_TAIL = 65_536;
const END_OF_MEASUREMENTS = '\n\nerrors\n';

/**
 * When the last operation of a results file was started (ns since 1970), from the file's end, or null where it is cut
 * off. Whether an operation was its worker's last has to be known before the first line is read, in both files.
 */
export function lastStart(path: string): bigint | null {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    for (let length = Math.min(FIRST_TAIL, size); ; length = Math.min(length * 8, size)) {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, size - length);
      const end = bytes.lastIndexOf(END_OF_MEASUREMENTS);
      if (end >= 0) return latest(bytes.subarray(0, end), bytes.subarray(end + END_OF_MEASUREMENTS.length));
      if (length === size) return null;
    }
  } finally {
    closeSync(file);
  }
}

function latest(measurements: Buffer, errors: Buffer): bigint | null {
  if (errors.length === 0 || errors.at(-1) !== 10) return null;
  const starts = [lastStartIn(measurements), lastStartIn(errors)].filter((start) => start !== null);
  return starts.reduce((a, b) => (a !== null && a > b ? a : b), null as bigint | null);
}

/** The start of the last line that begins with one: a message may go on in lines that do not. */
function lastStartIn(lines: Buffer): bigint | null {
  for (let end = lines.length; end > 0; ) {
    const begin = lines.lastIndexOf('\n', end - 1) + 1;
    const start = /^\d{19}(?= )/.exec(lines.toString('latin1', begin, begin + 20))?.[0];
    if (start) return BigInt(start);
    end = begin - 1;
  }
  return null;
}
