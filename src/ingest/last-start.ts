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
  const lines = [
    measurements.subarray(measurements.lastIndexOf('\n') + 1).toString('latin1'),
    errors.subarray(errors.lastIndexOf('\n', -3) + 1).toString('latin1'),
  ];
  const starts = lines.flatMap((line) => /^\d{19}(?= )/.exec(line) ?? []).map(BigInt);
  return starts.length === 0 ? null : starts.reduce((a, b) => (a > b ? a : b));
}
